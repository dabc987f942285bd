import {
  isRunning,
  shortId,
  type Container,
  type ContainerInterface,
  type EngineName,
} from '../../model/container';
import { engines as known } from '../../model/engines';
import type { MacvlanRecord } from '../../model/macvlan';
import { allVfs, pfOf, type EngineStatus, type HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { attachmentContext, containerContext } from './contextValue';
import { facts } from './facts';
import type { Icon, Row } from './row';
import { attachmentOf, functionTitle } from './vfState';

export const engines: { engine: EngineName; title: string; icon: string }[] = [
  ...known.map(({ name: engine, title }) => ({ engine, title, icon: 'package' })),
  { engine: 'netns', title: 'Network Namespaces', icon: 'type-hierarchy' },
];

/** Engine → container → attached VFs. Empty when there is no container at all: the view then says why. */
export function containerRows(snapshot: HostSnapshot): Row[] {
  if (snapshot.containers.length === 0) return [];
  return engines.flatMap(({ engine, title, icon }) => {
    const own = snapshot.containers.filter((container) => container.engine === engine);
    const status = snapshot.engines.find((one) => one.engine === engine);
    const trouble = status && status.status !== 'ok' && status.status !== 'absent' ? status : undefined;
    if (own.length === 0 && !trouble) return [];
    return [engineRow(snapshot, { engine, title, icon }, own, trouble)];
  });
}

function engineRow(
  snapshot: HostSnapshot,
  { engine, title, icon }: (typeof engines)[number],
  own: Container[],
  trouble: Exclude<EngineStatus, { status: 'ok' }> | undefined,
): Row {
  const running = own.filter(isRunning).length;
  const description = trouble
    ? { denied: 'permission denied', 'not-running': 'not running', error: 'no answer', absent: '' }[
        trouble.status
      ]
    : engine === 'netns'
      ? `${own.length}`
      : `${running} running`;
  return {
    id: `${snapshot.host.id}/engine/${engine}`,
    label: title,
    description,
    icon: trouble ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : { id: icon },
    context: `;engine;${engine};`,
    spoken: `${title}, ${description}`,
    tooltip: trouble ? facts([['Output', trouble.detail]]) : [],
    subject: { kind: 'other' },
    expanded: true,
    children: [...own].sort(runningFirst).map((container) => containerRow(snapshot, container)),
  };
}

/** The order in which containers are shown. */
export const runningFirst = (one: Container, other: Container): number =>
  Number(isRunning(other)) - Number(isRunning(one)) || one.name.localeCompare(other.name);

function containerRow(snapshot: HostSnapshot, container: Container): Row {
  const functions = container.interfaces.filter(({ vf }) => vf !== null);
  const whole = functions.filter(({ vf }) => snapshot.pfs.some(({ pci }) => pci === vf));
  const macvlans = snapshot.macvlans.filter(
    ({ container: { id, netnsInode } }) => id === container.id && netnsInode === container.netnsInode,
  );
  const words = container.engine === 'netns' ? [] : [container.state];
  if (container.networkMode === 'host') words.push('host network');
  if (container.rootlessOf !== undefined) words.push(`rootless of ${container.rootlessOf}`);
  if (sharesNamespace(container)) words.push('shared network');
  words.push(
    ...counted(functions.length - whole.length, 'VF'),
    ...counted(whole.length, 'adapter'),
    ...counted(macvlans.length, 'macvlan'),
  );
  const kind = container.engine === 'netns' ? 'Network namespace' : 'Container';
  return {
    id: containerRowId(snapshot, container),
    label: oneLine(container.name),
    description: oneLine(words.join(' · ')),
    icon: container.engine === 'netns' ? { id: 'vm-outline' } : stateIcon(container),
    context: containerContext(container),
    spoken: oneLine([`${kind} ${container.name}`, ...words].join(', ')),
    tooltip: facts([
      ['Name', container.name],
      ['Image', container.image],
      ['Id', container.engine === 'netns' ? null : shortId(container)],
      ['State', container.engine === 'netns' ? null : container.state],
      ['Network', container.networkMode],
      ['Process', container.pid],
      ...container.interfaces.map(({ name, addresses }): [string, string] => [
        name,
        addresses.join(', ') || 'no address',
      ]),
    ]),
    subject: { kind: 'container', id: container.id, engine: container.engine },
    expanded: true,
    children: [
      ...functions.map((one) => attachedRow(snapshot, container, one)),
      ...macvlans.map((record) => macvlanRow(snapshot, container, record)),
    ],
  };
}

const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${what}` : `${count} ${what}s`];

const containerRowId = (snapshot: HostSnapshot, { engine, id }: Container): string =>
  `${snapshot.host.id}/ctr/${engine}/${id}`;

const sharesNamespace = ({ networkMode }: Container): boolean =>
  networkMode?.startsWith('container:') ?? false;

function stateIcon(container: Container): Icon {
  if (container.state === 'paused') return { id: 'debug-pause', color: 'disabledForeground' };
  return isRunning(container)
    ? { id: 'vm-running', color: 'charts.green' }
    : { id: 'vm', color: 'disabledForeground' };
}

function attachedRow(snapshot: HostSnapshot, container: Container, one: ContainerInterface): Row {
  const pci = one.vf ?? '';
  const vf = allVfs(snapshot).find((other) => other.pci === pci);
  const pf = vf && pfOf(snapshot, vf);
  const attachment = attachmentOf(snapshot, pci);
  const ours = attachment !== undefined;
  const source = vf
    ? `VF ${vf.index} of ${pf?.name ?? pf?.pci ?? '?'}`
    : `adapter ${attachment?.record.before.name ?? pci}`;
  return {
    id: `${containerRowId(snapshot, container)}/${pci}`,
    label: oneLine(one.name),
    description: oneLine(
      [source, ...one.addresses, ...(ours ? [] : ['not attached by SR-IOV Workbench'])].join(' · '),
    ),
    icon: { id: 'plug', color: 'charts.green' },
    context: attachmentContext(vf ? 'att' : 'whole', ours),
    spoken: oneLine(
      `Interface ${one.name} of ${container.name} is ${source}, link ${one.up ? 'up' : 'down'}`,
    ),
    tooltip: facts([
      ['Interface', one.name],
      ['PCI address', pci],
      ['MAC', one.mac],
      ['Addresses', one.addresses.join(', ')],
      ['MTU', one.mtu],
    ]),
    subject: { kind: 'attachment', vf: pci, container: container.id },
    children: [],
  };
}

function macvlanRow(
  snapshot: HostSnapshot,
  container: Container,
  { on, mode, mac, inside }: MacvlanRecord,
): Row {
  const device = container.interfaces.find((one) => one.mac === mac);
  const name = device?.name ?? inside;
  const lower = functionTitle(snapshot, on);
  return {
    id: `${containerRowId(snapshot, container)}/${on}/${mac}`,
    label: oneLine(name),
    description: oneLine([`macvlan on ${lower}`, mode, ...(device?.addresses ?? [])].join(' · ')),
    icon: { id: 'type-hierarchy', color: 'charts.green' },
    context: attachmentContext('mvl', true),
    spoken: oneLine(
      `Interface ${name} of ${container.name} is a macvlan on ${lower} in ${mode} mode, link ${device?.up ? 'up' : 'down'}`,
    ),
    tooltip: facts([
      ['Interface', name],
      ['Lower device', on],
      ['Mode', mode],
      ['MAC', mac],
      ['Addresses', device?.addresses.join(', ') ?? null],
      ['MTU', device?.mtu ?? null],
    ]),
    subject: { kind: 'macvlan', on, container: container.id },
    children: [],
  };
}
