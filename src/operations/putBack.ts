import type { AttachmentRecord } from '../model/attachment';
import type { PhysicalFunction, VirtualFunction } from '../model/functions';
import type { Step } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import * as steps from './steps';

/** The PF side first: some drivers refuse it once the VF is up again. */
export function putBackOnPf(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  { before, changed }: AttachmentRecord,
): Step[] {
  const { vlan } = before.settings;
  return [
    ...(changed.vlan && vlan && vf.vlan && vf.vlan.id !== vlan.id
      ? [steps.setVlan(pf, vf, vf.vlan, vlan)]
      : []),
  ];
}

/** Then the network device itself, which is on the host under its old name by now, down and without addresses. */
export function putBackOnHost(vf: VirtualFunction, { before }: AttachmentRecord): Step[] {
  const { name, mac, mtu } = before;
  const missing = before.altnames.filter((altname) => !vf.altnames.includes(altname));
  return [
    ...(mac && vf.mac && mac !== vf.mac ? [steps.setMac(name, vf.mac, mac)] : []),
    ...(mtu && vf.mtu && mtu !== vf.mtu ? [steps.setMtu(name, vf.mtu, mtu)] : []),
    ...missing.map((altname) => steps.addAltname(name, altname)),
    ...before.addresses.map((address) => steps.addAddress(name, address)),
    ...(before.up ? [steps.bringUp(name, 'it was up before')] : []),
  ];
}

/** A PF that was brought up for an attachment goes down with the last one. */
export function putPfBack(snapshot: HostSnapshot, pf: PhysicalFunction, record: AttachmentRecord): Step[] {
  const others = pf.vfs.some(
    (vf) => vf.pci !== record.vf && vf.holder.kind !== 'host' && vf.holder.kind !== 'none',
  );
  const stillNeeded =
    others ||
    snapshot.attachments.some(
      (a) => a.vf !== record.vf && a.record.pf === pf.pci && a.status !== 'returned-not-restored',
    );
  return record.pfBroughtUp && !stillNeeded && pf.up && pf.name && pf.protectedBecause.length === 0
    ? [steps.takeDown(pf.name)]
    : [];
}
