import type { AttachmentRecord } from '../../model/attachment';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { refuse, type Plan, type Refusal } from '../../model/plan';
import { functionAt, type HostSnapshot } from '../../model/snapshot';
import { protection } from '../protection';
import { stopDhcp } from '../byDhcp';
import { locksOf } from '../locksOf';
import { nameTaken } from './nameTaken';
import { putBackOnHost, putBackOnPf, putPfBack, settingsPutBack } from './putBack';
import { pfIsAway, vfLabel } from '../resolve';
import * as steps from '../steps';

/** Plans restoring a VF that came back from a stopped container: its name, MAC, VLAN, MTU and state. */
export function planRestore(
  snapshot: HostSnapshot,
  record: AttachmentRecord,
  forced?: string,
): Plan | Refusal {
  const pf = snapshot.pfs.find((other) => other.pci === record.pf);
  const vf = functionAt(snapshot, record.vf);
  const current = vf?.name;
  if (pf && vf && (vf.holder.kind === 'vfio' || vf.driver === null))
    return planRestoreOnPf(snapshot, pf, vf, record);
  if (!pf || !vf || vf.holder.kind !== 'host' || !current)
    return refuse('stale', `The VF ${record.vf} is not on the host, so there is nothing to restore.`);
  const { name } = record.before;
  const taken = nameTaken(snapshot, pf, vf, name);
  if (taken) return taken;
  if (vf.master && vf.master !== record.before.master)
    return refuse(
      'in-use',
      `${vfLabel(pf, vf)} came back from ${record.container.name}, but is now a port of ${vf.master}, so it is in use; remove it from there first.`,
    );
  const kept = protection(vfLabel(pf, vf), current, vf.protectedBecause, forced);
  if (kept) return kept;
  const renaming = current !== name;
  const strayAddresses = vf.addresses.filter((address) => !record.before.addresses.includes(address));
  const underThisName = [
    ...strayAddresses.map((address) => steps.dropAddress(current, address)),
    ...(vf.up && (renaming || !record.before.up) ? [steps.takeDown(current)] : []),
    ...(vf.altnames.includes(name) ? [steps.dropAltname(current, name)] : []),
  ];
  return {
    kind: 'restore',
    title: `Restore ${vfLabel(pf, vf)}, which came back from ${record.container.name}${renaming ? ` as ${current}` : ''}`,
    host: snapshot.host.id,
    notes: [],
    // The kernel removes the addresses when it comes back: an address that it has now means that it is in use.
    losses: strayAddresses.map(
      (address) => `${current} loses the address ${address}, which it got after it came back`,
    ),
    verb: 'Restore',
    locks: locksOf(pf, vf),
    namespace: null,
    preconditions: [
      {
        otherwise: `${vfLabel(pf, vf)} is no longer ${current} on the host.`,
        // udev may rename it in the meantime.
        check: ['is_named', vf.pci, current, ...(renaming && underThisName.length === 0 ? [name] : [])],
      },
    ],
    steps: [
      ...stopDhcp({ key: vf.pci, dhcp: record.dhcp }, record.inside, null),
      ...putBackOnPf(pf, vf, record),
      ...underThisName,
      ...(renaming ? [steps.rename(vf, current, name)] : []),
      ...putBackOnHost(vf, record),
      ...putPfBack(snapshot, pf, record),
      steps.dropRecord(record),
    ],
    promises: [
      {
        kind: 'vf-on-host',
        vf: vf.pci,
        name,
        mac: record.before.mac,
        up: record.before.up,
        mtu: record.before.mtu,
      },
    ],
  };
}

/**
 * The VF left its container because it lost its network driver: only what the PF enforces is left to restore. The user
 * of its new driver may rely on that, so it needs a confirmation.
 */
function planRestoreOnPf(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  record: AttachmentRecord,
): Plan | Refusal {
  const label = vfLabel(pf, vf);
  if (pf.name === null || pf.holder.kind !== 'host') return pfIsAway(label);
  const { name } = record.container;
  const settings = putBackOnPf(pf, vf, { ...record, changed: { ...record.changed, adminMac: false } });
  return {
    kind: 'restore',
    title: `Restore what ${pf.name} enforces for VF ${vf.index}, which was attached to ${name}`,
    host: snapshot.host.id,
    notes: [],
    losses:
      vf.driver === null
        ? []
        : settings.map(
            ({ title }) => `${label} is bound to ${vf.driver}, and its user may rely on this: ${title}`,
          ),
    verb: 'Restore',
    locks: locksOf(pf, vf),
    namespace: null,
    preconditions: [
      {
        otherwise: `${label} has a different driver now.`,
        check: ['has_driver', vf.pci, vf.driver ?? 'none'],
      },
    ],
    steps: [
      ...stopDhcp({ key: vf.pci, dhcp: record.dhcp }, record.inside, null),
      ...settings,
      ...putPfBack(snapshot, pf, record),
      steps.dropRecord(record),
    ],
    promises: [
      {
        kind: 'vf-settings',
        ...{ vf: vf.pci, settings: settingsPutBack(record) },
        ...{ mtu: null, driver: null },
      },
    ],
  };
}
