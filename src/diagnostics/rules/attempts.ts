import { hit, type Hit } from '../rule';
import type { Errno } from '../view/errno';
import { errnoIn } from '../view/errno';
import type { VfCountFailure } from '../view/failures';
import { lastNumberIn } from '../view/facts';
import type { View } from '../view/view';

/** Kernel lines that say why the number of VFs could not be set: with one of these, the error number needs no guess. */
const decisive =
  /not enough MMIO resources for SR-IOV|IOV BARS not allocated|bus \w+ out of range|bus number out of range|no driver bound to device|(?:driver does not|Driver doesn't) support SR-?IOV|VFs already enabled\. Disable|MSI-?X interrupts available for SR-?IOV|since if is down|unknown header type 7f|type 7f class/i;

export const explained = (view: View): boolean => view.find(decisive).length > 0;

/** Attempts that failed with this error and that no kernel line explains. */
export const failedWith = (view: View, ...errnos: Errno[]): VfCountFailure[] =>
  explained(view)
    ? []
    : view.vfCountFailures.filter(
        ({ errno, fileAbsent }) => errno !== null && errnos.includes(errno) && !fileAbsent,
      );

export const hitOf = (f: VfCountFailure, more: Partial<Hit> = {}): Hit =>
  hit(f.pci ?? f.iface, f.evidence, {
    ...more,
    values: { COUNT: f.requested ? `${f.requested}` : undefined },
  });

/** Kernel lines in which a driver gives up on SR-IOV, with the error it names. */
export function driversGaveUp(view: View, ...errnos: Errno[]): Hit[] {
  if (explained(view)) return [];
  return view.said
    .filter(
      (line) =>
        line.driver !== null &&
        /sr-?iov|\bVFs?\b|virtual function/i.test(line.message) &&
        /fail|error|unable|cannot|can't|could not/i.test(line.message) &&
        errnos.includes(errnoIn(line.message) ?? 'ESRCH'),
    )
    .map((line) => hit(line.pci, [line]));
}

/** How many VFs there are now, as far as the evidence says. */
export function vfsNow(view: View): number | null {
  const facts = view.factsOf(/numvfs|num_vfs|cur_vfs|current.?vfs/i).map(({ value }) => lastNumberIn(value));
  const reported = view.said.flatMap(
    ({ text }) => /^(?:cur_vfs|sriov_numvfs|numvfs)\s*[:=]\s*(\d+)$/i.exec(text)?.[1] ?? [],
  );
  const known = [...facts, ...reported.map(Number)].filter((n) => n !== null);
  if (known.length > 0) return Math.max(...known);
  const seen = Math.max(
    view.devices.filter(({ isVf }) => isVf).length,
    ...view.interfaces.map(({ vfLines }) => vfLines.length),
    ...(view.live?.pfs.map(({ numVfs }) => numVfs ?? 0) ?? []),
  );
  return seen > 0 ? seen : null;
}

/** How many VFs the adapter says it offers. */
export function vfsOffered(view: View): { count: number; line: string } | null {
  const fact = view.factsOf(/totalvfs|max.?vfs/i).find(({ value }) => /^\s*\d/.test(value));
  if (fact) return { count: lastNumberIn(fact.value) ?? 0, line: fact.line };
  for (const { sriov, header } of view.devices)
    if (typeof sriov?.totalVfs === 'number') return { count: sriov.totalVfs, line: header };
  return null;
}

/** Kinds of adapters that answer a missing SR-IOV capability differently. */
export const mentions = {
  mellanox: (view: View) =>
    anywhere(view, /mlx[45]|mellanox|connectx|bluefield|mst\/mt\d|\bMT\d{4,5}\b|15b3|mstconfig|mlxconfig/i),
  mlx4: (view: View) => anywhere(view, /mlx4|connectx-?3|MT27[35]\d\d|mt4099|mt4103/i),
  gpu: (view: View) => anywhere(view, /\bi915\b|\bxe \d{4}:|0000:00:02\.0|\bxe\.max_vfs/i),
  chelsio: (view: View) => anywhere(view, /cxgb4|chelsio/i),
};
const anywhere = (view: View, pattern: RegExp): boolean =>
  view.lines.some(({ text }) => pattern.test(text)) ||
  (view.live?.pfs.some(({ driver }) => pattern.test(driver ?? '')) ?? false);
