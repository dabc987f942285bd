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
  return {
    id: `${snapshot.host.id}/pf/${pf.pci}`,
    label: name,
    description:
      [away ? oneLine(whereText(snapshot, pf)) : '', count(pf), pf.driver ?? 'no driver', link(pf)]
        .filter(Boolean)
        .join(' · ') + oneLine(carriesText(snapshot, pf.pci)),
    icon: pf.protectedBecause.length > 0 ? { id: 'shield' } : { id: 'circuit-board' },
    context: pfContext(pf, carriesText(snapshot, pf.pci) !== ''),
    spoken:
      `Adapter ${name}, ${away ? `${oneLine(spokenWhere(snapshot, pf))}, ` : ''}` +
      `${count(pf)}, ${used} in use, driver ${pf.driver ?? 'none'}, ${link(pf)}` +
      (pf.protectedBecause.length > 0 ? ', protected' : ''),
    tooltip: tooltip(snapshot, pf),
    subject: { kind: 'pf', pci: pf.pci },
    expanded,
    children: pf.vfs.map((vf) => vfRow(snapshot, pf, vf)),
  };
}

function count(pf: PhysicalFunction): string {
  if (pf.totalVfs === 0) return 'no SR-IOV';
  return `${pf.numVfs ?? pf.vfs.length} of ${pf.totalVfs ?? '?'} VFs`;
}

function link({ up, carrier, speedMbps }: PhysicalFunction): string {
  if (up === null) return '';
  if (!up) return 'down';
  if (carrier === false) return 'no link';
  if (speedMbps === null || speedMbps <= 0) return 'up';
  return speedMbps >= 1000 ? `${speedMbps / 1000} Gb/s` : `${speedMbps} Mb/s`;
}

const hostName = (snapshot: HostSnapshot, { pci }: PhysicalFunction): string | undefined =>
  attachmentOf(snapshot, pci)?.record.before.name;

const tooltip = (snapshot: HostSnapshot, pf: PhysicalFunction): [string, string][] =>
  facts([
    ['PCI address', pf.pci],
    ...(isAway(pf) ? awayFacts(snapshot, pf) : []),
    ['Model', pf.model],
    ['MAC', pf.mac],
    ['Driver', pf.driver ?? 'none'],
    ['VFs', count(pf)],
    ['Link', link(pf) || null],
    ['MTU', pf.mtu],
    ['PCIe', pf.linkSpeed.current && `${pf.linkSpeed.current} (of ${pf.linkSpeed.max ?? '?'})`],
    ['IOMMU group', pf.iommuGroup],
    ['NUMA node', pf.numaNode],
    ['Switch mode', pf.eswitchMode],
    ...pf.protectedBecause.map((why): Fact => ['Protected', why]),
  ]);

const awayFacts = (snapshot: HostSnapshot, pf: PhysicalFunction): Fact[] => [
  ['Held by', holderName(snapshot, pf)],
  ['Interface', pf.name],
  ['Name on the host', hostName(snapshot, pf)],
];
