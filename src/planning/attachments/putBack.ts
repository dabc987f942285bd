import type { AttachmentRecord } from '../../model/attachment';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { joinMaster, putHostRoute } from '../hostSteps';
import * as steps from '../steps';
import { pfSideOf, ratesOf, releaseMac, setOnPf, type PfSide } from '../vfs/vfSettings';

/** The PF side first: some drivers refuse it once the VF is up again. */
export function putBackOnPf(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  { before, changed }: AttachmentRecord,
): Step[] {
  const settings = before.settings;
  const was: { [K in keyof PfSide]: PfSide[K] | null } = { ...settings, rates: ratesOf(settings) };
  const { adminMac } = settings;
  return [
    ...one(pf, vf, 'vlan', changed.vlan, was.vlan),
    ...one(pf, vf, 'trust', changed.trust, was.trust),
    ...one(pf, vf, 'spoofchk', changed.spoofchk, was.spoofchk),
    ...one(pf, vf, 'rates', changed.rates, was.rates),
    ...one(pf, vf, 'linkState', changed.linkState, was.linkState),
    ...(changed.adminMac && adminMac ? [releaseMac(pf, vf, before.mac, adminMac)] : []),
  ];
}

function one<K extends keyof PfSide>(
  pf: PhysicalFunction,
  vf: VirtualFunction,
  key: K,
  changed: boolean | undefined,
  to: PfSide[K] | null,
): Step[] {
  const from = pfSideOf(vf)[key];
  if (!changed || from === null || to === null || JSON.stringify(from) === JSON.stringify(to)) return [];
  return [setOnPf(pf, vf, key, from, to)];
}

/** Then the network device itself, which is on the host under its old name by now, down and without addresses. */
export function putBackOnHost(vf: VirtualFunction, { before }: AttachmentRecord): Step[] {
  const { name, mac, mtu } = before;
  const missing = before.altnames.filter((altname) => !vf.altnames.includes(altname));
  return [
    ...(mac && vf.mac && mac !== vf.mac ? [steps.setMac(name, vf.mac, mac)] : []),
    ...(mtu && vf.mtu && mtu !== vf.mtu ? [steps.setMtu(name, vf.mtu, mtu)] : []),
    ...missing.map((altname) => steps.addAltname(name, altname)),
    // A bond takes no port that is up. Open vSwitch takes its ports back by itself.
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
