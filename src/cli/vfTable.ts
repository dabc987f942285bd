import type { VirtualFunction } from '../model/functions';
import type { Attachment } from '../model/snapshot';
import { noMac, vlanText } from '../model/values';

/**
 * The VFs of an adapter, one row each; under it the addresses, and what is set otherwise than a new VF has it, in the words of
 * `configure`.
 */
export function vfTable(vfs: VirtualFunction[], attachments: Attachment[]): string[] {
  const rows = vfs.map((vf) => [`VF ${vf.index}`, vf.pci, vf.name ?? '-', vf.mac ?? '-', where(vf)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const indent = ' '.repeat(2 + (widths[0] ?? 0) + 2);
  return vfs.flatMap((vf, index) => [
    `  ${rows[index]?.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`,
    ...[isForeign(vf, attachments) ? ['attached by something else'] : [], vf.addresses, settings(vf)].flatMap(
      (words) => wrapped(words, indent),
    ),
  ]);
}

const isForeign = ({ holder, pci }: VirtualFunction, attachments: Attachment[]): boolean =>
  ['container', 'netns'].includes(holder.kind) && !attachments.some(({ vf }) => vf === pci);

const where = ({ holder, driver }: VirtualFunction): string =>
  ({
    host: 'on the host',
    container: `in container ${holder.name}`,
    netns: `in namespace ${holder.name ?? holder.netnsInode}`,
    vfio: `bound to ${driver}`,
    none: driver ? 'not to be seen' : 'without a driver',
  })[holder.kind];

/** What isn't known isn't told: most drivers don't say everything. */
const settings = ({
  vlan,
  trust,
  spoofchk,
  minTxRate,
  maxTxRate,
  linkState,
  mtu,
  mac,
  adminMac,
}: VirtualFunction) => [
  ...(vlan && vlan.id !== 0 ? [`vlan ${vlanText(vlan)}`] : []),
  ...(trust ? ['trust on'] : []),
  ...(spoofchk === false ? ['spoofchk off'] : []),
  ...(minTxRate ? [`min-rate ${minTxRate}`] : []),
  ...(maxTxRate ? [`max-rate ${maxTxRate}`] : []),
  ...(linkState && linkState !== 'auto' ? [`link-state ${linkState}`] : []),
  ...(mtu !== null && mtu !== 1500 ? [`mtu ${mtu}`] : []),
  ...(adminMac && adminMac !== noMac && adminMac !== mac ? [`enforced mac ${adminMac}`] : []),
];

const mostColumns = 80;

/** Words two spaces apart, in lines that fit the usual terminal. */
const wrapped = (words: string[], indent: string): string[] =>
  words.reduce<string[]>((lines, word) => {
    const line = lines.at(-1);
    return line !== undefined && line.length + 2 + word.length <= mostColumns
      ? [...lines.slice(0, -1), `${line}  ${word}`]
      : [...lines, indent + word];
  }, []);
