import type { AttachmentRecord, ChangedSetting } from '../../model/attachment';
import { factsOf } from '../../model/driverFacts';
import type { PhysicalFunction, VfSettings, VirtualFunction } from '../../model/functions';
import {
  isRefusal,
  refuse,
  type NamespaceRef,
  type Plan,
  type Precondition,
  type Refusal,
  type Step,
} from '../../model/plan';
import type { ConfigureRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { adminMacProblem, driverProblem, mtuProblem, noMac, normalMac } from '../../model/values';
import { driverChange } from './driverChange';
import { noWayInto, wayTo } from '../namespaceOf';
import { protection } from '../protection';
import { pfIsAway, resolveVf, vfLabel } from '../resolve';
import { setMtu, setMtuInside, updateRecord } from '../steps';
import { takenMacProblem } from '../taken';
import { pfSideOf, setAdminMac, setOnPf, type PfSide } from './vfSettings';

/**
 * Plans what a VF is to have. What its driver refuses fails that step, by name, and the settings before it are put back. The
 * MAC comes after all other settings, since whether a VF was free to choose its own can't be told afterwards; the driver last.
 */
export function planConfigure(
  snapshot: HostSnapshot,
  request: ConfigureRequest & { forceInterface?: string },
): Plan | Refusal {
  const found = resolveVf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  const label = vfLabel(pf, vf);
  const asked = askedOf(vf, request);
  const refusal = unfit(snapshot, pf, vf, request, asked);
  if (refusal) return refusal;
  const inode = vf.holder.netnsInode;
  const namespace = inode === null ? null : wayTo(snapshot, vf, inode);
  if (namespace === undefined) return noWayInto(label);

  const onPf = settingSteps(pf, vf, asked);
  const mac = macOf(vf, request);
  const driver = request.driver === (vf.driver ?? 'none') ? undefined : request.driver;
  const unrestored = snapshot.attachments.find(
    (one) => one.vf === vf.pci && one.status === 'returned-not-restored',
  );
  if (driver !== undefined && unrestored && vf.holder.kind === 'host')
    return refuse('in-use', `${label} came back from ${unrestored.containerName} and is not yet as it was.`, {
      do: 'restore',
    });
  const rebinding = driver === undefined ? undefined : driverChange(snapshot, pf, vf, driver);
  if (rebinding && isRefusal(rebinding)) return rebinding;
  const settings: Step[] = [
    ...onPf.map(({ step }) => step),
    ...mtuSteps(vf, request.mtu),
    ...(mac ? [setAdminMac(pf, vf, mac)] : []),
  ];
  if (settings.length === 0 && !rebinding)
    return refuse('nothing-to-do', `${label} has all of that already.`);
  const record = snapshot.attachments.find((one) => one.vf === vf.pci && one.status === 'live')?.record;
  const marked =
    record && marking(record, [...onPf.map(({ key }) => key), ...(mac ? ['adminMac' as const] : [])]);
  const all = [...settings, ...(rebinding?.steps ?? [])];
  return {
    kind: 'configure',
    title: all.length === 1 ? all[0]!.title : `Configure ${label}`,
    host: snapshot.host.id,
    notes: [...notesOf(pf, vf, onPf.length > 0 || mac !== undefined), ...(rebinding?.notes ?? [])],
    losses: rebinding?.losses ?? [],
    verb: rebinding ? 'Change Driver' : 'Configure',
    locks: [
      { pci: pf.pci, mode: 'shared' },
      { pci: vf.pci, mode: 'exclusive' },
    ],
    namespace,
    preconditions: [...stillThere(label, vf, namespace), ...(rebinding?.preconditions ?? [])],
    steps: [...(record && marked ? [updateRecord(record, marked)] : []), ...all],
    promises: [
      {
        kind: 'vf-settings',
        ...{ vf: vf.pci, settings: promised(request) },
        ...{ mtu: request.mtu ?? null, driver: request.driver ?? null },
      },
    ],
  };
}

/** The PF-side settings that were asked for, in the order they are made. */
function askedOf(vf: VirtualFunction, request: ConfigureRequest): Partial<PfSide> {
  const { vlan, trust, spoofchk, linkState, minTxRate, maxTxRate } = request;
  const rates = { min: minTxRate ?? vf.minTxRate ?? 0, max: maxTxRate ?? vf.maxTxRate ?? 0 };
  return {
    vlan,
    trust,
    spoofchk,
    rates: minTxRate === undefined && maxTxRate === undefined ? undefined : rates,
    linkState,
  };
}

const settingSteps = (
  pf: PhysicalFunction,
  vf: VirtualFunction,
  asked: Partial<PfSide>,
): { key: keyof PfSide; step: Step }[] =>
  (Object.keys(asked) as (keyof PfSide)[]).flatMap((key) => one(pf, vf, key, asked[key]));

function one<K extends keyof PfSide>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  to: PfSide[K] | undefined,
): { key: K; step: Step }[] {
  const from = pfSideOf(vf)[key];
  if (to === undefined || from === null || JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ key, step: setOnPf(pf, vf, key, from, to) }];
}

function mtuSteps({ holder, name, mtu: from }: VirtualFunction, to: number | undefined): Step[] {
  if (to === undefined || from === null || name === null || from === to) return [];
  return [(holder.kind === 'host' ? setMtu : setMtuInside)(name, from, to)];
}

/** A MAC that the PF shows already is set all the same: that it shows it doesn't mean that it enforces it. */
function macOf(vf: VirtualFunction, { mac }: ConfigureRequest): string | undefined {
  const wanted = mac && normalMac(mac);
  return wanted === noMac && vf.adminMac === noMac ? undefined : wanted;
}

function unfit(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  request: ConfigureRequest & { forceInterface?: string },
  asked: Partial<PfSide>,
): Refusal | undefined {
  const label = vfLabel(pf, vf);
  const problem =
    (request.mac !== undefined &&
      (adminMacProblem(request.mac) ?? takenMacProblem(snapshot, request.mac, vf.pci))) ||
    (request.mtu !== undefined && mtuProblem(`${request.mtu}`, pf.mtu ?? undefined)) ||
    (request.driver !== undefined && driverProblem(request.driver)) ||
    (request.mtu !== undefined && request.driver !== undefined && request.driver !== vf.driver
      ? 'An MTU belongs to the network device, which goes with the driver; change one of the two.'
      : undefined);
  if (problem) return refuse('invalid', problem);
  const pfSide = request.mac !== undefined || Object.values(asked).some((value) => value !== undefined);
  if (pfSide && (pf.name === null || pf.holder.kind !== 'host')) return pfIsAway(label);
  if (request.mtu !== undefined && vf.name === null)
    return refuse('no-netdev', `${label} has no network device that can be seen, so it has no MTU.`);
  const now: Partial<Record<string, unknown>> = { ...pfSideOf(vf), mac: vf.adminMac };
  const untold = [...Object.entries(asked), ['mac', request.mac] as const].find(
    ([key, value]) => value !== undefined && now[key] === null,
  );
  if (untold)
    return refuse(
      'unknown-state',
      `${pf.name} does not tell the ${untold[0]} of its VFs, so a change could not be put back.`,
    );
  return protection(vf.name ?? label, vf.name, vf.protectedBecause, request.forceInterface);
}

/** The record of an attachment, with what detaching has to put back as well; undefined when it says so already. */
function marking(record: AttachmentRecord, keys: (ChangedSetting | 'vlan')[]): AttachmentRecord | undefined {
  const more = Object.fromEntries(keys.map((key) => [key, true]));
  const marked = { ...record, changed: { ...record.changed, ...more } };
  return JSON.stringify(marked) === JSON.stringify(record) ? undefined : marked;
}

const stillThere = (label: string, vf: VirtualFunction, namespace: NamespaceRef | null): Precondition[] => {
  if (namespace)
    return [
      {
        otherwise: `${label} is no longer in ${vf.holder.name ?? 'that namespace'}.`,
        check: ['off_host', vf.pci],
      },
    ];
  if (vf.name === null) return [];
  return [
    {
      otherwise: `${label} is no longer ${vf.name} on the host; somebody else took it.`,
      check: ['is_named', vf.pci, vf.name],
    },
  ];
};

function promised({
  mac,
  vlan,
  trust,
  spoofchk,
  linkState,
  minTxRate,
  maxTxRate,
}: ConfigureRequest): Partial<VfSettings> {
  const adminMac = mac && normalMac(mac);
  return {
    ...(adminMac === undefined || adminMac === noMac ? {} : { adminMac }),
    ...(vlan === undefined ? {} : { vlan }),
    ...(trust === undefined ? {} : { trust }),
    ...(spoofchk === undefined ? {} : { spoofchk }),
    ...(linkState === undefined ? {} : { linkState }),
    ...(minTxRate === undefined ? {} : { minTxRate }),
    ...(maxTxRate === undefined ? {} : { maxTxRate }),
  };
}

function notesOf(pf: PhysicalFunction, vf: VirtualFunction, onPf: boolean): string[] {
  if (!onPf) return [];
  const user = vf.holder.kind === 'host' ? 'the host' : (vf.holder.name ?? 'whoever holds it');
  return factsOf(pf.driver)?.resetsVf && vf.up
    ? [`${pf.driver} restarts the VF when its PF-side settings change: ${user} loses the link for a moment.`]
    : [];
}
