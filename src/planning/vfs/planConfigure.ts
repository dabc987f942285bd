import type { AttachmentRecord, ChangedSetting } from '../../model/attachment';
import { factsOf, lackOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
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
import { noMac } from '../../model/values';
import {
  askable,
  askableKeys,
  askedOf,
  fieldKeys,
  fieldsOf,
  normal,
  setting,
  settingKeys,
  valueOf,
  type AskableKey,
  type SettingKey,
  type VfSettings,
} from '../../model/vfAttributes/table';
import { driverChange } from './driverChange';
import { noWayInto, wayTo } from '../namespaceOf';
import { protection } from '../protection';
import { pfIsAway, resolveVf, vfLabel } from '../resolve';
import { setMtu, setMtuInside, updateRecord } from '../steps';
import { takenMacProblem } from '../taken';
import { setAdminMac, stepTo, trunkInTheWay } from './vfSettings';

/**
 * Plans what a VF is to have. What its driver refuses fails that step, by name, and the settings before it are put back. The
 * MAC comes after all other settings, since whether a VF was free to choose its own can't be determined afterwards; the driver last.
 */
export function planConfigure(
  snapshot: HostSnapshot,
  request: ConfigureRequest & { forceInterface?: string },
): Plan | Refusal {
  const found = resolveVf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  const label = vfLabel(pf, vf);
  const refusal = unfit(snapshot, pf, vf, request);
  if (refusal) return refusal;
  const inode = vf.holder.netnsInode;
  const namespace = inode === null ? null : wayTo(snapshot, vf, inode);
  if (namespace === undefined) return noWayInto(label);

  const onPf = settingSteps(pf, vf, request);
  const mac = macOf(vf, request);
  const driver = request.driver === (vf.driver ?? 'none') ? undefined : request.driver;
  const unrestored = snapshot.attachments.find(
    (one) => one.vf === vf.pci && one.status === 'returned-not-restored',
  );
  if (driver !== undefined && unrestored && vf.holder.kind === 'host')
    return refuse(
      'in-use',
      `${label} came back from ${unrestored.containerName} and has not been restored yet.`,
      {
        do: 'restore',
      },
    );
  const rebinding = driver === undefined ? undefined : driverChange(snapshot, pf, vf, driver);
  if (rebinding && isRefusal(rebinding)) return rebinding;
  const settings: Step[] = [
    ...onPf.map(({ step }) => step),
    ...mtuSteps(vf, request.mtu),
    ...(mac ? [setAdminMac(pf, vf, mac)] : []),
  ];
  if (settings.length === 0 && !rebinding)
    return refuse('nothing-to-do', `${label} already has these settings.`);
  const record = snapshot.attachments.find((one) => one.vf === vf.pci && one.status === 'live')?.record;
  const marked =
    record && marking(record, vf, [...onPf.map(({ key }) => key), ...(mac ? ['adminMac' as const] : [])]);
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
const settingSteps = (
  pf: PhysicalFunction,
  vf: VirtualFunction,
  request: ConfigureRequest,
): { key: SettingKey; step: Step }[] =>
  settingKeys.flatMap((key) => stepTo(pf, vf, key, askedOf(vf, request, key)).map((step) => ({ key, step })));

function mtuSteps({ holder, name, mtu: from }: VirtualFunction, to: number | undefined): Step[] {
  if (to === undefined || from === null || name === null || from === to) return [];
  return [(holder.kind === 'host' ? setMtu : setMtuInside)(name, from, to)];
}

/** A MAC that the PF shows already is set all the same: that it shows it doesn't mean that it enforces it. */
function macOf(vf: VirtualFunction, request: ConfigureRequest): string | undefined {
  const wanted = normal('mac', request);
  return wanted === noMac && vf.adminMac === noMac ? undefined : wanted;
}

function unfit(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  request: ConfigureRequest & { forceInterface?: string },
): Refusal | undefined {
  const label = vfLabel(pf, vf);
  const problem =
    badValue(snapshot, pf, vf, request) ??
    (request.mtu !== undefined && request.driver !== undefined && request.driver !== vf.driver
      ? 'Changing the driver replaces the network device and its MTU; change only one of the two.'
      : undefined);
  if (problem !== undefined) return refuse('invalid', problem);
  const asked = settingKeys.filter((key) => askedOf(vf, request, key) !== undefined);
  if ((request.mac !== undefined || asked.length > 0) && (pf.name === null || pf.holder.kind !== 'host'))
    return pfIsAway(label);
  if (request.mtu !== undefined && vf.name === null)
    return refuse('no-netdev', `${label} has no visible network device, so its MTU can't be set.`);
  const untold = [
    ...asked.filter((key) => valueOf(vf, key) === null).map((key) => setting(key)),
    ...(request.mac !== undefined && vf.adminMac === null ? [{ name: 'MAC', untold: undefined }] : []),
  ][0];
  if (untold)
    return refuse(
      'unknown-state',
      `${pf.name} does not report the ${untold.name} of its VFs, so a change could not be undone.${untold.untold ? ` ${untold.untold}` : ''}`,
    );
  return protection(vf.name ?? label, vf.name, vf.protectedBecause, request.forceInterface);
}

/** What is wrong with what was asked for, of all attributes. */
function badValue(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  request: ConfigureRequest,
): string | undefined {
  const takenMac = (mac: string) => takenMacProblem(snapshot, mac, vf.pci);
  const wrong = (key: AskableKey): string | undefined => {
    const about = { pf, vf, facts: factsOf(pf.driver), takenMac };
    return (
      lackOf(pf, key) ??
      askable(key).problem?.(request[key], about) ??
      (key === 'vlan' && stepTo(pf, vf, key, request[key]).length > 0 ? trunkInTheWay(pf, vf) : undefined)
    );
  };
  return askableKeys
    .filter((key) => request[key] !== undefined)
    .map(wrong)
    .find((text) => text !== undefined);
}

/**
 * The record of an attachment, with what detaching has to put back as well; undefined when it says so already. What it doesn't
 * know, since an older version wrote it, nobody changed since.
 */
function marking(
  record: AttachmentRecord,
  vf: VirtualFunction,
  keys: ChangedSetting[],
): AttachmentRecord | undefined {
  const { before, changed } = record;
  const now = keys
    .flatMap((key) => (key === 'adminMac' ? [key] : fieldsOf(key)))
    .filter((key) => before.settings[key] === undefined)
    .map((key) => [key, vf[key]]);
  const marked: AttachmentRecord = {
    ...record,
    before: {
      ...before,
      settings: { ...(Object.fromEntries(now) as Partial<VfSettings>), ...before.settings },
    },
    changed: { ...changed, ...Object.fromEntries(keys.map((key) => [key, true])) },
  };
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
      otherwise: `${label} is no longer ${vf.name} on the host; it was taken in the meantime.`,
      check: ['is_named', vf.pci, vf.name],
    },
  ];
};

/** That a PF enforces no MAC doesn't show: it shows the VF's own. */
const promised = (request: ConfigureRequest): Partial<VfSettings> =>
  Object.fromEntries(
    fieldKeys.flatMap((key) => {
      const value = normal(key === 'adminMac' ? 'mac' : key, request);
      return value === undefined || (key === 'adminMac' && value === noMac) ? [] : [[key, value]];
    }),
  );

function notesOf(pf: PhysicalFunction, vf: VirtualFunction, onPf: boolean): string[] {
  if (!onPf) return [];
  const user = vf.holder.kind === 'host' ? 'the host' : (vf.holder.name ?? 'its user');
  return factsOf(pf.driver)?.resetsVf && vf.up
    ? [`${pf.driver} restarts the VF when its PF-side settings change: ${user} briefly loses the link.`]
    : [];
}
