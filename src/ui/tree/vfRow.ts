import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Attachment, HostSnapshot } from '../../model/snapshot';
import { field, fieldKeys, type FieldKey } from '../../model/vfAttributes/table';
import { oneLine } from '../hostText';
import { vfContext } from './contextValue';
import { facts, type Fact } from './facts';
import type { Icon, Row } from './row';
import { attachmentOf, holderOf, isAway, vfState } from './vfState';

export function vfRow(snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): Row {
  const attachment = attachmentOf(snapshot, vf.pci);
  const returned = attachment?.status === 'returned-not-restored';
  const carries = carriesText(snapshot, vf.pci);
  return {
    id: `${snapshot.host.id}/vf/${vf.pci}`,
    label: `VF ${vf.index}`,
    description: oneLine(
      returned ? returnedText(vf, attachment) : `${stateText(snapshot, vf, attachment)}${carries}`,
    ),
    icon: returned ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : icons[vfState(vf)],
    context: vfContext(vf, returned, carries !== ''),
    spoken: oneLine(
      `Virtual function ${vf.index} of ${pf.name ?? pf.pci}, ${spokenState(snapshot, vf)}` +
        (returned ? `, returned from ${attachment.containerName} and not yet restored` : '') +
        carries.replaceAll(' · ', ', ') +
        (vf.up === null ? '' : `, link ${vf.up ? 'up' : 'down'}`),
    ),
    tooltip: tooltip(snapshot, vf, attachment),
    subject: { kind: 'vf', pci: vf.pci },
    children: [],
  };
}

const icons: Record<ReturnType<typeof vfState>, Icon> = {
  free: { id: 'circle-outline' },
  attached: { id: 'plug', color: 'charts.green' },
  vfio: { id: 'vm' },
  reserved: { id: 'shield' },
  gone: { id: 'question', color: 'disabledForeground' },
};

/** `enp1s0v3 → fw:eth1`; the name before the arrow is the one on the host. */
export function stateText(snapshot: HostSnapshot, vf: VirtualFunction, attachment?: Attachment): string {
  switch (vfState(vf)) {
    case 'attached': {
      const onHost = attachment ? `${attachment.record.before.name} ` : '';
      return `${onHost}${whereText(snapshot, vf)}`;
    }
    case 'vfio':
      return `${vf.driver ?? 'vfio'} · for a virtual machine or DPDK`;
    case 'reserved':
      return `${vf.name ?? ''} · ${vf.master ? `in use by ${vf.master}` : 'protected'}`;
    case 'gone':
      return 'network device not found';
    case 'free':
      return vf.name === null ? 'no driver' : `${vf.name} · free`;
  }
}

/** `→ fw:eth1`: who holds a function, and as what. */
export const whereText = (snapshot: HostSnapshot, one: Held): string =>
  `→ ${holderName(snapshot, one)}:${one.name ?? '?'}${isForeign(snapshot, one) ? ' · not attached by SR-IOV Workbench' : ''}`;

type Held = Pick<VirtualFunction, 'pci' | 'name' | 'holder'>;

/** ` · macvlan of fw`: what stands on a function; empty when nothing does. */
export function carriesText({ macvlans }: HostSnapshot, pci: string): string {
  const owners = macvlans.filter(({ on }) => on === pci).map(({ container }) => container.name);
  return owners.length === 0 ? '' : ` · macvlan of ${owners.join(', ')}`;
}

/** It is in use, but not recorded as attached by us: pipework, a CNI plugin or a person did it. */
const isForeign = (snapshot: HostSnapshot, one: Held): boolean =>
  isAway(one) && attachmentOf(snapshot, one.pci) === undefined;

const returnedText = (vf: VirtualFunction, { containerName }: Attachment): string =>
  `${vf.name ?? '?'} · returned from ${containerName}, not restored`;

export function holderName(snapshot: HostSnapshot, vf: Pick<VirtualFunction, 'holder'>): string {
  return vf.holder.name ?? holderOf(snapshot, vf)?.name ?? `namespace ${vf.holder.netnsInode ?? '?'}`;
}

function spokenState(snapshot: HostSnapshot, vf: VirtualFunction): string {
  if (vfState(vf) !== 'attached') return stateText(snapshot, vf, undefined).replaceAll(' · ', ', ');
  return spokenWhere(snapshot, vf);
}

/** The same for a screen reader. */
export function spokenWhere(snapshot: HostSnapshot, one: Held): string {
  const kind = one.holder.kind === 'container' ? 'container' : 'network namespace';
  const by = isForeign(snapshot, one) ? ', not by SR-IOV Workbench' : '';
  return `attached to ${kind} ${holderName(snapshot, one)} as ${one.name ?? 'unknown'}${by}`;
}

const tooltip = (snapshot: HostSnapshot, vf: VirtualFunction, attachment: Attachment | undefined) =>
  facts([
    ['PCI address', vf.pci],
    ['Interface', vf.name],
    ['Held by', vfState(vf) === 'attached' ? holderName(snapshot, vf) : null],
    ['Name on the host', attachment?.record.before.name ?? null],
    ['MAC', vf.mac],
    factOf(vf, 'adminMac'),
    ['Addresses', vf.addresses.join(', ')],
    factOf(vf, 'vlan'),
    ['MTU', vf.mtu],
    ['Driver', vf.driver ?? 'none'],
    ...fieldKeys.filter((key) => key !== 'adminMac' && key !== 'vlan').map((key) => factOf(vf, key)),
    ['IOMMU group', vf.iommuGroup],
    ['NUMA node', vf.numaNode],
    ...vf.protectedBecause.map((why): [string, string] => ['Protected', why]),
  ]);

/** What the adapter enforces. */
function factOf(vf: VirtualFunction, key: FieldKey): Fact {
  const { text, fact } = field(key);
  return [fact.label, vf[key] === null ? null : (fact.text ?? text)(vf[key])];
}
