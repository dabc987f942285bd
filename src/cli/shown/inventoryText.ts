import { shortId, type Container } from '../../model/container';
import type { PhysicalFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { onOneLine } from '../../model/printable';
import { hintsForLook } from '../hints/hints';
import { hintText } from '../hints/hintText';
import { filled } from './filled';
import { elsewhere, styled, type Line, type Piece, type View } from './styled';
import { table, type Row } from './table';
import { vfRows } from './vfRows';

/** The snapshot for people: adapters with their VFs, then containers, then what isn't known. */
export function inventoryText(snapshot: HostSnapshot, view: View = elsewhere): Line[] {
  const { host, pfs, containers } = snapshot;
  const system = [host.os.prettyName, host.kernel].filter(Boolean).join(', ');
  return [
    [styled('heading', host.hostname ?? host.id), ` (${system})`],
    ...(pfs.length === 0 ? [['No SR-IOV adapters.']] : adapters(snapshot, view)),
    [],
    ...(containers.length === 0 ? [['No containers.']] : containerTable(containers, view)),
    ...remarks(snapshot, view),
  ];
}

/** Each adapter, and under it its VFs; all adapters in the same columns, and all VFs. */
function adapters({ pfs, attachments }: HostSnapshot, view: View): Line[] {
  const lines = table(pfs.map(adapter), view);
  const rows = pfs.map(({ vfs }) => [vfHeadings, ...vfRows(vfs, attachments)]);
  const vfLines = table(rows.flat(), { ...view, indent: 2 });
  let next = 0;
  return pfs.flatMap(({ vfs }, index) => {
    const own = vfLines.slice(next, (next += vfs.length + 1));
    return [...(lines[index] ?? []), ...(vfs.length > 0 ? own.flat() : [])];
  });
}

const headings = (cells: string[], items: string): Row => {
  const quiet = (text: string) => styled('quiet', text);
  return { cells: cells.map(quiet), items: [quiet(items)], isHeading: true };
};
const vfHeadings = headings(['VF', 'PCI', 'NAME', 'MAC', 'WHERE'], 'SETTINGS');

const adapter = (pf: PhysicalFunction): Row => ({
  cells: [
    styled('heading', pf.name ?? '-'),
    pf.pci,
    pf.driver ?? styled('doubtful', 'no driver'),
    state(pf),
    `${pf.numVfs ?? '?'} of ${pf.totalVfs ?? '?'} VFs`,
  ],
  items: [
    pf.model ?? `${pf.vendorId}:${pf.deviceId}`,
    ...(pf.eswitchMode === 'switchdev' ? ['switchdev'] : []),
    ...(pf.driversAutoprobe === false ? [styled('doubtful', 'autoprobe off')] : []),
    ...pf.protectedBecause.map((why) => styled('doubtful', `protected: ${why}`)),
  ],
});

function state({ up, carrier, speedMbps }: PhysicalFunction): Piece {
  if (up === null) return '-';
  if (!up) return styled('quiet', 'down');
  if (carrier === false) return styled('doubtful', 'up, no link');
  const speed = speedMbps === null || speedMbps <= 0 ? '' : `, ${speedText(speedMbps)}`;
  return styled('good', `up${speed}`);
}

const speedText = (mbps: number): string => (mbps >= 1000 ? `${mbps / 1000} Gb/s` : `${mbps} Mb/s`);

const containerTable = (containers: Container[], view: View): Line[] =>
  table(
    [headings(['CONTAINER', 'ENGINE', 'ID', 'STATE'], 'FUNCTIONS'), ...containers.map(container)],
    view,
  ).flat();

const container = ({ name, engine, state: now, id, interfaces, rootlessOf }: Container): Row => ({
  cells: [
    name,
    engine === 'netns' ? 'namespace' : engine,
    engine === 'netns' ? '-' : shortId({ id }),
    now === 'running' ? styled('good', now) : now,
  ],
  items: [
    ...(rootlessOf === undefined ? [] : [`rootless of ${rootlessOf}`]),
    ...interfaces.filter(({ vf }) => vf !== null).map((one) => `${one.name} = ${one.vf}`),
  ],
});

const remarks = (snapshot: HostSnapshot, { when, columns }: View): Line[] => [
  ...remarked(snapshot, when).flatMap(({ style, mark, text }) => {
    const [first = '', ...rest] = filled(onOneLine(text), columns, 2);
    return [[styled(style, mark), first.slice(1)], ...rest.map((line) => [line])];
  }),
  ...hintsForLook(snapshot).map((hint) => hintText(hint, snapshot.host.id)),
];

interface Remark {
  style: 'doubtful' | 'quiet';
  mark: string;
  text: string;
}

const remarked = ({ pfs, attachments, pending, problems }: HostSnapshot, when: View['when']): Remark[] => [
  ...attachments
    .filter(({ status }) => status !== 'live')
    .map(({ vf, containerName, status, recordedAt }) =>
      remark(
        'doubtful',
        '!',
        `${vf}, attached to ${containerName} ${when(recordedAt)}, is ${status}: run "sriov ${status === 'orphaned' ? `detach ${vf}` : 'recover'}"`,
      ),
    ),
  ...pfs
    .flatMap(({ vfs }) => vfs)
    .filter(({ nameByUdev }) => nameByUdev !== undefined)
    .map(({ pci, name, nameByUdev }) =>
      remark(
        'doubtful',
        '!',
        `${pci} was left on the host as ${name}; udev would call it ${nameByUdev}: "sriov recover" offers that`,
      ),
    ),
  ...pending.map(({ title, running, startedAt }) =>
    remark(
      'doubtful',
      '!',
      `${title}${startedAt === null ? '' : `, started ${when(startedAt)}`}: ${running ? 'in progress' : 'interrupted; "sriov recover" undoes it, "sriov recover --finish" finishes it'}`,
    ),
  ),
  ...problems.map(({ what, why, needs }) =>
    remark('quiet', '?', `${what}: unknown: ${why} (requires ${needs})`),
  ),
];

const remark = (style: Remark['style'], mark: string, text: string): Remark => ({ style, mark, text });
