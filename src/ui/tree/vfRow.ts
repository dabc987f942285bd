import { l10n } from 'vscode';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Attachment, HostSnapshot } from '../../model/snapshot';
import { field, fieldKeys, told, type FieldKey } from '../../model/vfAttributes/table';
import { oneLine } from '../hostText';
import { vfContext } from './contextValue';
import { addressText, differsIn } from './differs';
import { grouped, later, type Fact, type Tooltip } from './facts';
import { pinFacts, pinOf, type Pin } from './keptState';
import type { Icon, Row } from './row';
import { attachmentOf, holderOf, isAway, vfState } from './vfState';

/** Where it is, and what isn't as a new one has it. */
export function vfRow(snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): Row {
  const attachment = attachmentOf(snapshot, vf.pci);
  const returned = attachment?.status === 'returned-not-restored';
  const carries = carriesText(snapshot, vf.pci);
  const pin = pinOf(snapshot, vf.pci);
  const where = returned ? returnedText(vf, attachment) : stateText(snapshot, vf, attachment);
  const rest = [
    pin && !where.endsWith(pin.words) ? pin.words : '',
    addressText(vf.addresses),
    carries,
    ...differsIn(pf, vf, attachment),
    foreignText(snapshot, vf),
    vf.nameByUdev === undefined ? '' : l10n.t('udev would call it {0}', vf.nameByUdev),
  ].filter(Boolean);
  return {
    id: `${snapshot.host.id}/vf/${vf.pci}`,
    label: l10n.t('VF {0}', vf.index),
    description: oneLine([where, ...rest].join(' · ')),
    icon: returned
      ? { id: 'warning', color: 'problemsWarningIcon.foreground' }
      : (pin?.icon ?? icons[vfState(vf)]),
    context: vfContext(vf, { returned, carries: carries !== '', kept: pin !== undefined }),
    spoken: oneLine(
      [
        l10n.t('Virtual function {0} of {1}', vf.index, pf.name ?? pf.pci),
        returned
          ? l10n.t('{0}, returned from {1}, not restored', vf.name ?? '?', attachment.containerName)
          : spokenState(snapshot, vf, attachment),
        ...(vf.up === null ? [] : [vf.up ? l10n.t('link up') : l10n.t('link down')]),
        ...rest,
      ].join(', '),
    ),
    tooltip: later(
      tooltip,
      vf,
      vfState(vf) === 'attached' ? holderName(snapshot, vf) : null,
      attachment?.record.before.name ?? null,
      pin,
    ),
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
      return `${vf.driver ?? 'vfio'} · ${usersText(vf) || l10n.t('for a virtual machine or DPDK')}`;
    case 'reserved':
      return `${vf.name ?? ''} · ${reservedText(snapshot, vf)}`;
    case 'gone':
      return l10n.t('network device not found');
    case 'free':
      return vf.name === null ? l10n.t('no driver') : `${vf.name} · ${l10n.t('free')}`;
  }
}

/** Who has it open: `dpdk-testpmd (1234) in fw`. Empty where nobody has. */
const usersText = ({ users = [] }: VirtualFunction): string =>
  users
    .map(({ command, pid, container }) =>
      container === null
        ? l10n.t('in use by {0} ({1})', command, pid)
        : l10n.t('in use by {0} ({1}) in {2}', command, pid, container.name),
    )
    .join(', ');

const reservedText = (snapshot: HostSnapshot, { pci, master, protectedBecause }: VirtualFunction): string => {
  if (master !== null) return l10n.t('in use by {0}', master);
  return (protectedBecause.length === 0 && pinOf(snapshot, pci)?.words) || l10n.t('protected');
};

/** `→ fw:eth1`: who holds a function, and as what. */
export const whereText = (snapshot: HostSnapshot, one: Held): string =>
  `→ ${holderName(snapshot, one)}:${one.name ?? '?'}`;

type Held = Pick<VirtualFunction, 'pci' | 'name' | 'holder'>;

/** `macvlan of fw`: what stands on a function; empty when nothing does. */
export function carriesText({ macvlans }: HostSnapshot, pci: string): string {
  const owners = macvlans.filter(({ on }) => on === pci).map(({ container }) => container.name);
  return owners.length === 0 ? '' : l10n.t('macvlan of {0}', owners.join(', '));
}

/** It is in use, but not recorded as attached by us: pipework, a CNI plugin or a person did it. Else empty. */
export const foreignText = (snapshot: HostSnapshot, one: Held): string =>
  isAway(one) && attachmentOf(snapshot, one.pci) === undefined ? l10n.t('not by SR-IOV Workbench') : '';

const returnedText = (vf: VirtualFunction, { containerName }: Attachment): string =>
  `${vf.name ?? '?'} · ${l10n.t('returned from {0}, not restored', containerName)}`;

export function holderName(snapshot: HostSnapshot, vf: Pick<VirtualFunction, 'holder'>): string {
  return (
    vf.holder.name ?? holderOf(snapshot, vf)?.name ?? l10n.t('namespace {0}', vf.holder.netnsInode ?? '?')
  );
}

function spokenState(snapshot: HostSnapshot, vf: VirtualFunction, attachment?: Attachment): string {
  if (vfState(vf) !== 'attached') return stateText(snapshot, vf).replaceAll(' · ', ', ');
  const where = spokenWhere(snapshot, vf);
  return attachment ? `${where}, ${l10n.t('{0} on the host', attachment.record.before.name)}` : where;
}

/** The same for a screen reader. */
export function spokenWhere(snapshot: HostSnapshot, one: Held): string {
  const [holder, name] = [holderName(snapshot, one), one.name ?? l10n.t('unknown')];
  return one.holder.kind === 'container'
    ? l10n.t('attached to container {0} as {1}', holder, name)
    : l10n.t('attached to network namespace {0} as {1}', holder, name);
}

const tooltip = (
  vf: VirtualFunction,
  holder: string | null,
  nameOnHost: string | null,
  pin: Pin | undefined,
): Tooltip =>
  grouped([
    [l10n.t('PCI address'), vf.pci],
    [l10n.t('Held by'), holder],
    [l10n.t('Programs'), usersText(vf)],
    [l10n.t('Interface'), vf.name],
    [l10n.t('Name on the host'), nameOnHost],
    [l10n.t('Name by udev'), vf.nameByUdev ?? null],
    [l10n.t('Other interfaces'), vf.otherPorts?.join(', ') ?? null],
    [l10n.t('Representor'), vf.representor ?? null],
    ...pinFacts(pin),
    l10n.t('Network'),
    [l10n.t('MAC'), vf.mac],
    [l10n.t('Addresses'), vf.addresses.join(', ')],
    [l10n.t('MTU'), vf.mtu],
    [l10n.t('Link'), vf.up === null ? null : vf.up ? l10n.t('up') : l10n.t('down')],
    l10n.t('Set by the Adapter'),
    factOf(vf, 'adminMac'),
    factOf(vf, 'vlan'),
    [told.trunk.fact.label, vf.trunk ?? null],
    ...otherFields.map((key) => factOf(vf, key)),
    l10n.t('Hardware'),
    [l10n.t('Driver'), vf.driver ?? l10n.t('none')],
    [l10n.t('IOMMU group'), vf.iommuGroup],
    [l10n.t('NUMA node'), vf.numaNode],
    ...vf.protectedBecause.map((why): Fact => [l10n.t('Protected'), why]),
  ]);

/** Those that have no place of their own among the facts. */
const otherFields = fieldKeys.filter((key) => key !== 'adminMac' && key !== 'vlan');

/** What the adapter enforces. */
function factOf(vf: VirtualFunction, key: FieldKey): Fact {
  const { text, fact } = field(key);
  return [fact.label, vf[key] === null ? null : (fact.text ?? text)(vf[key])];
}
