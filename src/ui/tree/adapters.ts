import { l10n } from 'vscode';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { plain, type Arrangement } from '../arranging/arrangement';
import { found, isFiltering } from '../arranging/filter';
import { inVfOrder } from '../arranging/order';
import { oneLine } from '../hostText';
import { pfContext } from './contextValue';
import { grouped, type Fact } from './facts';
import { noticeRows } from './notices';
import { once } from './once';
import type { Row } from './row';
import { carriesText, foreignText, holderName, spokenWhere, vfRow, whereText } from './vfRow';
import { attachmentOf, isAway, isInUse } from './vfState';

/** More VFs than this on a host, and its adapters start folded. */
const unfoldedAtMost = 16;

/** PF → VF, with what needs attention above and what couldn't be read below. */
export function adapterRows(snapshot: HostSnapshot, { filter, vfs: order }: Arrangement = plain): Row[] {
  // Then the view says so itself, with what to do next.
  if (snapshot.pfs.length === 0 && snapshot.pending.length === 0) return [];
  const through = found(snapshot, filter);
  const shown = snapshot.pfs
    .filter((pf) => through.pfs.has(pf))
    .map((pf) => ({
      pf,
      vfs: inVfOrder(
        snapshot,
        pf.vfs.filter((vf) => through.vfs.has(vf)),
        order,
      ),
    }));
  const few = shown.reduce((sum, { vfs }) => sum + vfs.length, 0) <= unfoldedAtMost;
  const { urgent, unread } = noticeRows(snapshot);
  return [
    ...urgent,
    ...shown.map(({ pf, vfs }) => pfRow(snapshot, pf, vfs, few || isFiltering(filter))),
    ...(isFiltering(filter) ? [] : unread),
  ];
}

/** What of it is free, how fast it is, and who has it. */
function pfRow(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vfs: readonly VirtualFunction[],
  expanded: boolean,
): Row {
  const away = isAway(pf);
  const name = oneLine((away ? hostName(snapshot, pf) : undefined) ?? pf.name ?? pf.pci);
  const carries = carriesText(snapshot, pf.pci);
  const master = snapshot.links.find(({ pci }) => pci === pf.pci)?.master;
  const holders = [master ? l10n.t('in use by {0}', master) : '', carries];
  return {
    id: `${snapshot.host.id}/pf/${pf.pci}`,
    label: name,
    description: [
      away ? whereText(snapshot, pf) : '',
      useText(pf),
      linkText(pf),
      ...holders,
      pf.driver ?? l10n.t('no driver'),
      foreignText(snapshot, pf),
    ]
      .filter(Boolean)
      .map(oneLine)
      .join(' · '),
    icon: pf.protectedBecause.length > 0 ? { id: 'shield' } : { id: 'circuit-board' },
    context: pfContext(pf, carries !== ''),
    spoken: [
      l10n.t('Adapter {0}', name),
      away ? spokenWhere(snapshot, pf) : '',
      useText(pf),
      linkText(pf),
      ...holders,
      l10n.t('driver {0}', pf.driver ?? l10n.t('none')),
      foreignText(snapshot, pf),
      pf.protectedBecause.length > 0 ? l10n.t('protected') : '',
    ]
      .filter(Boolean)
      .map(oneLine)
      .join(', '),
    tooltip: tooltip(snapshot, pf, master),
    subject: { kind: 'pf', pci: pf.pci },
    expanded,
    children: vfs.map((vf) => rowOf(snapshot, vf, pf)),
  };
}

const rowOf = once((snapshot, vf: VirtualFunction, pf: PhysicalFunction) => vfRow(snapshot, pf, vf));

function count(pf: PhysicalFunction): string {
  if (pf.totalVfs === 0) return l10n.t('no SR-IOV');
  return l10n.t('{0} of {1} VFs', pf.numVfs ?? pf.vfs.length, pf.totalVfs ?? '?');
}

/** `4 of 7 VFs, 3 free`. */
export const useText = (pf: PhysicalFunction): string =>
  pf.vfs.length === 0
    ? count(pf)
    : l10n.t('{0}, {1} free', count(pf), pf.vfs.filter((vf) => !isInUse(vf)).length);

export function linkText({ up, carrier, speedMbps }: PhysicalFunction): string {
  if (up === null) return '';
  if (!up) return l10n.t('down');
  if (carrier === false) return l10n.t('no link');
  if (speedMbps === null || speedMbps <= 0) return l10n.t('up');
  return speedMbps >= 1000 ? l10n.t('{0} Gb/s', speedMbps / 1000) : l10n.t('{0} Mb/s', speedMbps);
}

const hostName = (snapshot: HostSnapshot, { pci }: PhysicalFunction): string | undefined =>
  attachmentOf(snapshot, pci)?.record.before.name;

const tooltip = (snapshot: HostSnapshot, pf: PhysicalFunction, master: string | null | undefined) =>
  grouped([
    [l10n.t('PCI address'), pf.pci],
    ...(isAway(pf) ? awayFacts(snapshot, pf) : []),
    [l10n.t('In use by'), master],
    [l10n.t('VFs'), useText(pf)],
    [l10n.t('In use'), pf.vfs.length > 0 ? pf.vfs.filter(isInUse).length : null],
    [l10n.t('Switch mode'), pf.eswitchMode],
    l10n.t('Network'),
    [l10n.t('MAC'), pf.mac],
    [l10n.t('Link'), linkText(pf) || null],
    [l10n.t('Link type'), pf.linkType ?? null],
    [l10n.t('MTU'), pf.mtu],
    [l10n.t('Other interfaces'), pf.otherPorts?.join(', ') ?? null],
    l10n.t('Hardware'),
    [l10n.t('Model'), pf.model],
    [l10n.t('Driver'), pf.driver ?? l10n.t('none')],
    [
      l10n.t('PCIe'),
      pf.linkSpeed.current && l10n.t('{0} (of {1})', pf.linkSpeed.current, pf.linkSpeed.max ?? '?'),
    ],
    [l10n.t('IOMMU group'), pf.iommuGroup],
    [l10n.t('NUMA node'), pf.numaNode],
    ...pf.protectedBecause.map((why): Fact => [l10n.t('Protected'), why]),
  ]);

const awayFacts = (snapshot: HostSnapshot, pf: PhysicalFunction): Fact[] => [
  [l10n.t('Held by'), holderName(snapshot, pf)],
  [l10n.t('Interface'), pf.name],
  [l10n.t('Name on the host'), hostName(snapshot, pf)],
];
