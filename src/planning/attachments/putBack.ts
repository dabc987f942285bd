import type { AttachmentRecord } from '../../model/attachment';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { fieldsOf, settingKeys, valueOf, type VfSettings } from '../../model/vfAttributes/table';
import { joinMaster, putHostRoute } from '../hostSteps';
import * as steps from '../steps';
import { releaseMac, stepTo } from '../vfs/vfSettings';

/** The PF side first: some drivers refuse it once the VF is up again. */
export function putBackOnPf(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  { before, changed }: AttachmentRecord,
): Step[] {
  const { adminMac } = before.settings;
  return [
    ...settingKeys.flatMap((key) => (changed[key] ? stepTo(pf, vf, key, valueOf(before.settings, key)) : [])),
    ...(changed.adminMac && adminMac ? [releaseMac(pf, vf, before.mac, adminMac)] : []),
  ];
}

/** What its PF enforces for it then, as far as the attachment changed that; the MAC is read from its network device. */
export const settingsPutBack = ({ before, changed }: AttachmentRecord): Partial<VfSettings> =>
  Object.fromEntries(
    settingKeys
      .filter((key) => changed[key])
      .flatMap(fieldsOf)
      .flatMap((key) => (isKnown(before.settings[key]) ? [[key, before.settings[key]]] : [])),
  );

const isKnown = (value: unknown): boolean => value !== null && value !== undefined;

/** Then the network device itself, which is now on the host under its old name, down and without addresses. */
export function putBackOnHost(vf: VirtualFunction, { before }: AttachmentRecord): Step[] {
  const { name, mac, mtu } = before;
  const missing = before.altnames.filter((altname) => !vf.altnames.includes(altname));
  return [
    ...(mac && vf.mac && mac !== vf.mac ? [steps.setMac(name, vf.mac, mac)] : []),
    ...(mtu && vf.mtu && mtu !== vf.mtu ? [steps.setMtu(name, vf.mtu, mtu)] : []),
    ...missing.map((altname) => steps.addAltname(name, altname)),
    // A bond accepts no port that is up. Open vSwitch takes its ports back by itself.
    ...(before.master ? [joinMaster(name, before.master)] : []),
    ...before.addresses.map((address) => steps.addAddress(name, address)),
    ...(before.up ? [steps.bringUp(name, 'it was up before')] : []),
    ...(before.routes ?? []).map(putHostRoute),
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
