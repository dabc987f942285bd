import { l10n } from 'vscode';
import { isRunning, shortId, type Container, type ContainerInterface } from '../../model/container';
import type { MacvlanRecord } from '../../model/macvlan';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { attachmentContext, containerContext } from './contextValue';
import { differsIn } from './differs';
import { grouped, later, type Tooltip } from './facts';
import { missingRows } from './keptRow';
import { pinFacts, pinOf, type Pin } from './keptState';
import type { Icon, Row } from './row';
import { attachmentOf, functionTitle } from './vfState';

export function containerRow(snapshot: HostSnapshot, container: Container): Row {
  const functions = container.interfaces.filter(({ vf }) => vf !== null);
  const whole = functions.filter(({ vf }) => snapshot.pfs.some(({ pci }) => pci === vf));
  const macvlans = snapshot.macvlans.filter(
    ({ container: { id, netnsInode } }) => id === container.id && netnsInode === container.netnsInode,
  );
  const words = container.engine === 'netns' ? [] : [container.state];
  if (container.networkMode === 'host') words.push(l10n.t('host network'));
  if (container.rootlessOf !== undefined) words.push(l10n.t('rootless of {0}', container.rootlessOf));
  if (sharesNamespace(container)) words.push(l10n.t('shared network'));
  words.push(
    ...counted.vfs(functions.length - whole.length),
    ...counted.adapters(whole.length),
    ...counted.macvlans(macvlans.length),
  );
  const spoken =
    container.engine === 'netns'
      ? l10n.t('Network namespace {0}', container.name)
      : l10n.t('Container {0}', container.name);
  return {
    id: containerRowId(snapshot, container),
    label: oneLine(container.name),
    description: oneLine(words.join(' · ')),
    icon: container.engine === 'netns' ? { id: 'vm-outline' } : stateIcon(container),
    context: containerContext(container),
    spoken: oneLine([spoken, ...words].join(', ')),
    tooltip: later(tooltip, container),
    subject: { kind: 'container', id: container.id, engine: container.engine },
    expanded: true,
    children: [
      ...functions.map((one) => attachedRow(snapshot, container, one)),
      ...macvlans.map((record) => macvlanRow(snapshot, container, record)),
      ...missingRows(snapshot, container, containerRowId(snapshot, container)),
    ],
  };
}

const tooltip = (container: Container): Tooltip =>
  grouped([
    [l10n.t('Name'), container.name],
    [l10n.t('Image'), container.image],
    [l10n.t('Id'), container.engine === 'netns' ? null : shortId(container)],
    [l10n.t('State'), container.engine === 'netns' ? null : container.state],
    [l10n.t('Process'), container.pid],
    l10n.t('Belongs To'),
    [l10n.t('Compose project'), container.composeProject],
    [l10n.t('Compose service'), container.composeService],
    [l10n.t('Group'), container.group],
    l10n.t('Network'),
    [l10n.t('Mode'), container.networkMode],
    ...container.interfaces.map(({ name, addresses }): [string, string] => [
      name,
      addresses.join(', ') || l10n.t('no address'),
    ]),
  ]);

const counted = {
  vfs: some((count) => (count === 1 ? l10n.t('1 VF') : l10n.t('{0} VFs', count))),
  adapters: some((count) => (count === 1 ? l10n.t('1 adapter') : l10n.t('{0} adapters', count))),
  macvlans: some((count) => (count === 1 ? l10n.t('1 macvlan') : l10n.t('{0} macvlans', count))),
};

/** None is not shown. */
function some(text: (count: number) => string) {
  return (count: number): string[] => (count === 0 ? [] : [text(count)]);
}

/** What stands for a container in the tree. */
export const containerRowId = (snapshot: HostSnapshot, { engine, id }: Container): string =>
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
  const { vf, pf } = vfAt(snapshot, pci) ?? {};
  const attachment = attachmentOf(snapshot, pci);
  const ours = attachment !== undefined;
  const pin = pinOf(snapshot, pci);
  const source = vf
    ? l10n.t('VF {0} of {1}', vf.index, pf?.name ?? pf?.pci ?? '?')
    : l10n.t('adapter {0}', attachment?.record.before.name ?? pci);
  const rest = [
    ...(pin ? [pin.words] : []),
    ...one.addresses,
    ...(vf && pf ? differsIn(pf, vf, attachment) : []),
    ...(ours ? [] : [l10n.t('not by SR-IOV Workbench')]),
  ];
  return {
    id: `${containerRowId(snapshot, container)}/${pci}`,
    label: oneLine(one.name),
    description: oneLine([source, ...rest].join(' · ')),
    icon: pin?.icon ?? { id: 'plug', color: 'charts.green' },
    context: attachmentContext(vf ? 'att' : 'whole', ours, pin !== undefined),
    spoken: oneLine(
      [
        one.up
          ? l10n.t('Interface {0} of {1} is {2}, link up', one.name, container.name, source)
          : l10n.t('Interface {0} of {1} is {2}, link down', one.name, container.name, source),
        ...rest,
      ].join(', '),
    ),
    tooltip: later(attachedTooltip, one, pin),
    subject: { kind: 'attachment', vf: pci, container: container.id },
    children: [],
  };
}

const attachedTooltip = (one: ContainerInterface, pin: Pin | undefined): Tooltip =>
  grouped([
    [l10n.t('Interface'), one.name],
    [l10n.t('PCI address'), one.vf],
    [l10n.t('MAC'), one.mac],
    [l10n.t('Addresses'), one.addresses.join(', ')],
    [l10n.t('MTU'), one.mtu],
    ...pinFacts(pin),
  ]);

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
    description: oneLine([l10n.t('macvlan on {0}', lower), mode, ...(device?.addresses ?? [])].join(' · ')),
    icon: { id: 'type-hierarchy', color: 'charts.green' },
    context: attachmentContext('mvl', true),
    spoken: oneLine(
      [
        device?.up
          ? l10n.t(
              'Interface {0} of {1} is a macvlan on {2} in {3} mode, link up',
              name,
              container.name,
              lower,
              mode,
            )
          : l10n.t(
              'Interface {0} of {1} is a macvlan on {2} in {3} mode, link down',
              name,
              container.name,
              lower,
              mode,
            ),
        ...(device?.addresses ?? []),
      ].join(', '),
    ),
    tooltip: grouped([
      [l10n.t('Interface'), name],
      [l10n.t('Lower device'), on],
      [l10n.t('Mode'), mode],
      [l10n.t('MAC'), mac],
      [l10n.t('Addresses'), device?.addresses.join(', ') ?? null],
      [l10n.t('MTU'), device?.mtu ?? null],
    ]),
    subject: { kind: 'macvlan', on, container: container.id },
    children: [],
  };
}
