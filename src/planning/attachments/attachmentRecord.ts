import type { AttachmentRecord } from '../../model/attachment';
import type { Container, Route } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { fieldKeys, type FieldKey, type VfSettings } from '../../model/vfAttributes/table';
import type { Enforcement } from './bringsAlong';
import { dhcpClientFor } from '../byDhcp';
import { isOfOneDevice } from '../hostSteps';
import type { HostUse } from '../hostUse';

interface Attached {
  pf: PhysicalFunction;
  vf: VirtualFunction;
  container: Container;
  /** Its name inside. */
  name: string;
  use: HostUse | undefined;
  enforced: Enforcement;
  /** The default route that its own replaces. */
  replaced: Route | null;
  dhcp: boolean;
}

/** The state of a VF before it is attached, to be restored by detaching. */
export function attachmentRecord(snapshot: HostSnapshot, attached: Attached): AttachmentRecord {
  const { pf, vf, container, name, enforced, replaced, dhcp } = attached;
  const onOurBehalf = snapshot.attachments.some(({ record }) => record.pf === pf.pci && record.pfBroughtUp);
  return {
    version: 1,
    ...{ vf: vf.pci, pf: pf.pci, index: vf.index, inside: name },
    container: {
      id: container.id,
      name: container.name,
      engine: container.engine,
      netnsInode: container.netnsInode ?? 0,
    },
    recordedAt: snapshot.takenAt,
    bootId: snapshot.host.bootId,
    before: {
      name: vf.name ?? '',
      altnames: vf.altnames,
      ...{ mac: ownMac(snapshot, attached), mtu: vf.mtu, up: vf.up ?? false, addresses: vf.addresses },
      ...onHost(snapshot, attached),
      settings: settingsOf(vf),
      defaultRoute: replaced,
    },
    changed: enforced.changed,
    ...(dhcp ? { dhcp: dhcpClientFor(snapshot, container) } : {}),
    pfBroughtUp: vf.pci !== pf.pci && (!pf.up || onOurBehalf),
  };
}

/** An older version considers a record without one of these damaged; other unknown parts are left out. */
const always: FieldKey[] = ['adminMac', 'vlan', 'trust', 'spoofchk', 'linkState', 'minTxRate', 'maxTxRate'];

const settingsOf = (vf: VirtualFunction): Partial<VfSettings> =>
  Object.fromEntries(
    fieldKeys.filter((key) => always.includes(key) || vf[key] !== null).map((key) => [key, vf[key]]),
  );

/** Its own MAC; `null` if it has to use that of its bond, or the one that its PF enforces. */
function ownMac({ links }: HostSnapshot, { vf, use, enforced }: Attached): string | null {
  const master = links.find(({ name }) => name === use?.master)?.kind;
  const enforcing = enforced.stays.some(({ key }) => key === 'adminMac');
  return enforcing || master === 'bond' || master === 'team' ? null : vf.mac;
}

/** Its state on the host; for a VF that moves from another container, the state before that. */
function onHost(
  { attachments }: HostSnapshot,
  { vf, use }: Attached,
): Pick<AttachmentRecord['before'], 'master' | 'routes'> {
  const earlier = attachments.find((one) => one.vf === vf.pci)?.record.before;
  const master = use ? use.master : earlier?.master;
  const routes = (use ? use.routes.filter(isOfOneDevice) : earlier?.routes) ?? [];
  return { ...(master ? { master } : {}), ...(routes.length > 0 ? { routes } : {}) };
}
