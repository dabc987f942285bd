import type { VirtualFunction } from '../../model/functions';
import type { Attachment } from '../../model/snapshot';
import type { FunctionUser } from '../../model/userspace/vfio';
import { askable, askableKeys, told, valueNow } from '../../model/vfAttributes/table';
import { styled, type Piece } from './styled';
import type { Row } from './table';

/** The VFs of an adapter, with the addresses, and what differs from a new VF, as options of `configure`. */
export const vfRows = (vfs: readonly VirtualFunction[], attachments: readonly Attachment[]): Row[] =>
  vfs.map((vf) => ({
    cells: [`${vf.index}`, vf.pci, vf.name ?? '-', vf.mac ?? '-', where(vf)],
    items: [
      ...(isForeign(vf, attachments) ? [styled('doubtful', 'not attached by SR-IOV Workbench')] : []),
      ...(vf.keptFor === undefined ? [] : [`kept for ${vf.keptFor}`]),
      ...(vf.users ?? []).map(userText),
      ...vf.addresses,
      ...ports(vf),
      ...settings(vf),
      ...(vf.trunk === undefined ? [] : [told.trunk.says(vf.trunk)]),
    ],
  }));

/** Who has it open. */
const userText = ({ command, pid, container }: FunctionUser): string =>
  `in use by ${command} (${pid}${container ? ` in ${container.name}` : ''})`;

const isForeign = ({ holder, pci }: VirtualFunction, attachments: readonly Attachment[]): boolean =>
  ['container', 'netns'].includes(holder.kind) && !attachments.some(({ vf }) => vf === pci);

const where = ({ holder, driver }: VirtualFunction): Piece =>
  ({
    host: 'on the host',
    container: styled('good', `in container ${holder.name}`),
    netns: styled('good', `in namespace ${holder.name ?? holder.netnsInode}`),
    vfio: `bound to ${driver}`,
    none: styled('doubtful', driver ? 'network device not found' : 'no driver'),
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
