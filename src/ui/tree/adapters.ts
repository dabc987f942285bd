import { l10n } from 'vscode';
import type { PhysicalFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { pfContext } from './contextValue';
import { facts, type Fact } from './facts';
import { noticeRows } from './notices';
import type { Row } from './row';
import { carriesText, holderName, spokenWhere, vfRow, whereText } from './vfRow';
import { attachmentOf, isAway, isInUse } from './vfState';

/** More VFs than this on a host, and its adapters start folded. */
const unfoldedAtMost = 16;

/** PF → VF, with what needs attention above and what couldn't be read below. */
export function adapterRows(snapshot: HostSnapshot): Row[] {
  // Then the view says so itself, with what to do next.
  if (snapshot.pfs.length === 0 && snapshot.pending.length === 0) return [];
  const few = snapshot.pfs.reduce((sum, pf) => sum + pf.vfs.length, 0) <= unfoldedAtMost;
  const { urgent, unread } = noticeRows(snapshot);
  return [...urgent, ...snapshot.pfs.map((pf) => pfRow(snapshot, pf, few)), ...unread];
}

function pfRow(snapshot: HostSnapshot, pf: PhysicalFunction, expanded: boolean): Row {
  const away = isAway(pf);
  const name = oneLine((away ? hostName(snapshot, pf) : undefined) ?? pf.name ?? pf.pci);
  const used = pf.vfs.filter(isInUse).length;
  const carries = carriesText(snapshot, pf.pci);
  return {
    id: `${snapshot.host.id}/pf/${pf.pci}`,
    label: name,
    description: [
      away ? whereText(snapshot, pf) : '',
      count(pf),
      pf.driver ?? l10n.t('no driver'),
      link(pf),
      carries,
    ]
      .filter(Boolean)
      .map(oneLine)
      .join(' · '),
    icon: pf.protectedBecause.length > 0 ? { id: 'shield' } : { id: 'circuit-board' },
    context: pfContext(pf, carries !== ''),
    spoken: [
      l10n.t('Adapter {0}', name),
      ...(away ? [oneLine(spokenWhere(snapshot, pf))] : []),
      count(pf),
      l10n.t('{0} in use', used),
      l10n.t('driver {0}', pf.driver ?? l10n.t('none')),
      link(pf),
      ...(pf.protectedBecause.length > 0 ? [l10n.t('protected')] : []),
    ].join(', '),
    tooltip: tooltip(snapshot, pf),
    subject: { kind: 'pf', pci: pf.pci },
    expanded,
    children: pf.vfs.map((vf) => vfRow(snapshot, pf, vf)),
  };
}

function count(pf: PhysicalFunction): string {
  if (pf.totalVfs === 0) return l10n.t('no SR-IOV');
  return l10n.t('{0} of {1} VFs', pf.numVfs ?? pf.vfs.length, pf.totalVfs ?? '?');
}

function link({ up, carrier, speedMbps }: PhysicalFunction): string {
  if (up === null) return '';
  if (!up) return l10n.t('down');
  if (carrier === false) return l10n.t('no link');
  if (speedMbps === null || speedMbps <= 0) return l10n.t('up');
  return speedMbps >= 1000 ? l10n.t('{0} Gb/s', speedMbps / 1000) : l10n.t('{0} Mb/s', speedMbps);
}

const hostName = (snapshot: HostSnapshot, { pci }: PhysicalFunction): string | undefined =>
  attachmentOf(snapshot, pci)?.record.before.name;

const tooltip = (snapshot: HostSnapshot, pf: PhysicalFunction): [string, string][] =>
  facts([
    [l10n.t('PCI address'), pf.pci],
    ...(isAway(pf) ? awayFacts(snapshot, pf) : []),
    [l10n.t('Model'), pf.model],
    [l10n.t('MAC'), pf.mac],
    [l10n.t('Driver'), pf.driver ?? l10n.t('none')],
    [l10n.t('VFs'), count(pf)],
    [l10n.t('Link'), link(pf) || null],
    [l10n.t('MTU'), pf.mtu],
    [
      l10n.t('PCIe'),
      pf.linkSpeed.current && l10n.t('{0} (of {1})', pf.linkSpeed.current, pf.linkSpeed.max ?? '?'),
    ],
    [l10n.t('IOMMU group'), pf.iommuGroup],
    [l10n.t('NUMA node'), pf.numaNode],
    [l10n.t('Switch mode'), pf.eswitchMode],
    [l10n.t('Other interfaces'), pf.otherPorts?.join(', ') ?? null],
    [l10n.t('Link type'), pf.linkType ?? null],
    ...pf.protectedBecause.map((why): Fact => [l10n.t('Protected'), why]),
  ]);

const awayFacts = (snapshot: HostSnapshot, pf: PhysicalFunction): Fact[] => [
  [l10n.t('Held by'), holderName(snapshot, pf)],
  [l10n.t('Interface'), pf.name],
  [l10n.t('Name on the host'), hostName(snapshot, pf)],
];
