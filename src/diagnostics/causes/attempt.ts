import { driversGaveUp, explained, vfsNow } from '../rules/attempts';
import { hit, type Hit } from '../rule';
import type { Errno } from '../view/errno';
import { countBefore } from '../view/history';
import type { View } from '../view/view';
import { weigh, type Question } from './weigh';

/** A number of VFs that couldn't be set, by a command or by the driver itself. */
export interface Attempt {
  errno: Errno;
  requested: number | null;
  /** VFs that the adapter had then; `null` when unknown. */
  had: number | null;
  asRoot: boolean;
  /** The file was there and could be opened: it is the write that failed. */
  opened: boolean;
  /** The driver of the adapter; `null` when unknown. */
  driver: string | null;
  hit: Hit;
}

/** Errors that a driver names itself where it gives up on SR-IOV. */
const ofDrivers: Errno[] = ['ENOMEM', 'EIO', 'ENOSPC', 'EOPNOTSUPP', 'ENOSYS'];

/** The attempts that no line of the kernel log explains. */
export function attempts(view: View): Attempt[] {
  if (explained(view)) return [];
  const typed = view.vfCountFailures.flatMap((f): Attempt[] =>
    f.errno === null || f.fileAbsent
      ? []
      : [
          {
            ...{ errno: f.errno, requested: f.requested, asRoot: f.asRoot },
            opened: /write error|^write |\bwrite \//i.test(f.error),
            had: countBefore(view.evidence.commands, f.command) ?? vfsNow(view),
            driver: driverOf(view, f.pci),
            hit: hit(f.pci ?? f.iface, f.evidence, {
              values: { COUNT: f.requested ? `${f.requested}` : undefined },
            }),
          },
        ],
  );
  const given = ofDrivers.flatMap((errno) =>
    driversGaveUp(view, errno).map((one): Attempt => ({
      ...{ errno, requested: null, had: null, asRoot: true, opened: true, hit: one },
      driver: driverOf(view, one.subject),
    })),
  );
  return [...typed, ...given];
}

/** The driver of an adapter: what the log, lspci or ethtool say, where all say the same. */
export function driverOf(view: View, pci: string | null): string | null {
  const one = pci !== null && pci !== 'host' ? pci : null;
  const listed = view.devices.filter(
    (device) =>
      !device.isVf && device.driver !== null && (one === null ? device.isNetwork : device.pci === one),
  );
  const spoken = view.said.filter(
    (line) => line.driver !== null && !/^pci(?:eport|_bus)?$|vfio/.test(line.driver) && line.pci === one,
  );
  const asked = view.said.flatMap(({ text }) => /^driver: (\S+)$/.exec(text)?.[1] ?? []);
  const known = new Set([
    ...listed.map(({ driver }) => driver),
    ...(one === null ? [] : spoken.map(({ driver }) => driver)),
    ...asked,
  ]);
  return known.size === 1 ? ([...known][0] ?? null) : null;
}

/** A finding for each attempt with this error, unless everything that it may mean is excluded. */
export const asked =
  (errnos: Errno[], question: Question<Attempt>) =>
  (view: View): Hit[] =>
    attempts(view).flatMap((attempt) => {
      const weighed = errnos.includes(attempt.errno) ? weigh(question, view, attempt) : undefined;
      return weighed ? [{ ...attempt.hit, cause: weighed.cause, weighed }] : [];
    });
