import type { VirtualFunction } from '../model/functions';
import type { Attachment } from '../model/snapshot';
import { askable, askableKeys, told, valueNow } from '../model/vfAttributes/table';

/**
 * The VFs of an adapter, one row each; under it the addresses, and what differs from a new VF, as options of
 * `configure`.
 */
export function vfTable(vfs: VirtualFunction[], attachments: Attachment[]): string[] {
  const rows = vfs.map((vf) => [`VF ${vf.index}`, vf.pci, vf.name ?? '-', vf.mac ?? '-', where(vf)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const indent = ' '.repeat(2 + (widths[0] ?? 0) + 2);
  return vfs.flatMap((vf, index) => [
    `  ${rows[index]?.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`,
    ...[
      isForeign(vf, attachments) ? ['not attached by SR-IOV Workbench'] : [],
      vf.addresses,
      ports(vf),
      settings(vf),
      vf.trunk === undefined ? [] : [told.trunk.says(vf.trunk)],
    ].flatMap((items) => wrapped(items, indent)),
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
    none: driver ? 'network device not found' : 'no driver',
  })[holder.kind];

const ports = ({ otherPorts = [], representor }: VirtualFunction): string[] => [
  ...(otherPorts.length > 0 ? [`also ${otherPorts.join(', ')}`] : []),
  ...(representor === undefined ? [] : [`representor ${representor}`]),
];

/** What isn't known isn't printed: most drivers don't say everything. */
const settings = (vf: VirtualFunction): string[] =>
  askableKeys.flatMap((key) => {
    const value = valueNow(vf, key);
    const { option, text, fresh, listed } = askable(key);
    const usual = () => (isSame(value, fresh) ? null : `${option} ${text(value)}`);
    const said = value === null ? null : listed ? listed(value, vf) : usual();
    return said === null ? [] : [said];
  });

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const mostColumns = 80;

/** Items two spaces apart, in lines that fit the usual terminal. */
const wrapped = (items: string[], indent: string): string[] =>
  items.reduce<string[]>((lines, item) => {
    const line = lines.at(-1);
    return line !== undefined && line.length + 2 + item.length <= mostColumns
      ? [...lines.slice(0, -1), `${line}  ${item}`]
      : [...lines, indent + item];
  }, []);
