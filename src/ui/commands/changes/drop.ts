import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../../model/functions';
import { pfOf, vfAt, type HostSnapshot } from '../../../model/snapshot';
import { unfitContainer } from '../../../planning/attachments/unfitContainer';
import { containerRowId } from '../../tree/containerRow';
import type { DropTarget } from '../../tree/dragAndDrop';
import type { Subject } from '../../tree/row';
import { holderName } from '../../tree/vfRow';
import { functionTitle, holderOf, vfState, vfTitle } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import { unavailable } from '../availability';
import { busyReason } from './obstacles';

/** What a drop means: a command on rows. A text says why it means nothing. */
type Meaning = { command: string; rows: string[] } | string;

/** Runs the command that a drop stands for, with its questions. Says in the status bar why a drop means nothing. */
export async function drop(workbench: Workbench, rows: string[], onto: DropTarget): Promise<void> {
  const { host, dialogs, isTrusted } = workbench;
  const [owner, ...others] = workbench.rows.hostsOf(onto.row === undefined ? rows : [...rows, onto.row]);
  if (others.length > 0)
    return dialogs.say(l10n.t('That is on another host: drop it on a row of its own host.'));
  if (owner !== undefined) host.use(owner);
  const obstacle = unavailable('change', host, isTrusted());
  if (obstacle) return dialogs.say(obstacle.reason);
  const meaning = host.snapshot ? meaningOf(workbench, host.snapshot, rows, onto) : gone;
  if (typeof meaning === 'string') return dialogs.say(meaning);
  await workbench.execute(meaning.command, meaning.rows[0], meaning.rows);
}

const gone = l10n.t('The selected item no longer exists.');

function meaningOf(
  { rows: known }: Workbench,
  snapshot: HostSnapshot,
  rows: string[],
  { view, row }: DropTarget,
): Meaning {
  const subjects = rows.flatMap((id) => known.subject(id) ?? []);
  if (subjects.length === 0 || subjects.length < rows.length) return gone;
  const target = row === undefined ? undefined : known.subject(row);
  const undraggable = subjects.map((subject) => whyNot(snapshot, subject)).find((why) => why !== undefined);
  if (undraggable) return undraggable;
  if (view === 'sriov.adapters') {
    const pf = adapterOf(snapshot, target);
    return pf
      ? ontoAdapter(snapshot, subjects, pf, rows)
      : l10n.t('Drop it on its adapter to detach it, or on a container to attach it.');
  }
  const container = containerOf(snapshot, target);
  return container ? ontoContainer(snapshot, subjects, container, rows) : l10n.t('Drop it on a container.');
}

function whyNot(snapshot: HostSnapshot, subject: Subject): string | undefined {
  switch (subject.kind) {
    case 'vf':
    case 'attachment':
    case 'macvlan':
      return undefined;
    case 'pf':
      return l10n.t(
        '{0} is an adapter: drag its VFs, or use “Attach Adapter or Macvlan…”.',
        functionTitle(snapshot, subject.pci),
      );
    case 'container':
      return l10n.t('A container can’t be dragged: drag VFs onto it.');
    default:
      return l10n.t('Only VFs and attachments can be dragged.');
  }
}

function adapterOf({ pfs }: HostSnapshot, target: Subject | undefined): PhysicalFunction | undefined {
  if (target?.kind === 'pf') return pfs.find(({ pci }) => pci === target.pci);
  return target?.kind === 'vf' ? pfs.find(({ vfs }) => vfs.some(({ pci }) => pci === target.pci)) : undefined;
}

/** The container of something in it. */
function containerOf({ containers }: HostSnapshot, target: Subject | undefined): Container | undefined {
  if (target?.kind === 'container')
    return containers.find(({ id, engine }) => id === target.id && engine === target.engine);
  return target?.kind === 'attachment' || target?.kind === 'macvlan'
    ? containers.find(({ id }) => id === target.container)
    : undefined;
}

function ontoContainer(
  snapshot: HostSnapshot,
  subjects: Subject[],
  container: Container,
  rows: string[],
): Meaning {
  const unfit = unfitContainer(snapshot, container);
  if (unfit) return unfit.reason;
  const vfs = subjects.flatMap((subject) => vfIn(snapshot, subject) ?? []);
  if (vfs.length < subjects.length)
    return l10n.t('Only VFs can be moved to another container; detach it from the one that has it.');
  const held = vfs.filter((vf) => vfState(vf) === 'attached');
  const onto = [...rows, containerRowId(snapshot, container)];
  if (held.length === 0) {
    const busy = vfs.map((vf) => busyReason(snapshot, vf)).find((reason) => reason !== undefined);
    return busy ?? { command: 'sriov.vf.attach', rows: onto };
  }
  if (held.length < vfs.length)
    return l10n.t('Some of these VFs are in containers and some are free: drag only one kind.');
  const there = held.find((vf) => holderOf(snapshot, vf)?.netnsInode === container.netnsInode);
  return there
    ? l10n.t('{0} is already in {1}.', vfTitle(snapshot, there), container.name)
    : { command: 'sriov.vf.move', rows: onto };
}

function vfIn(snapshot: HostSnapshot, subject: Subject): VirtualFunction | undefined {
  if (subject.kind === 'vf') return vfAt(snapshot, subject.pci)?.vf;
  return subject.kind === 'attachment' ? vfAt(snapshot, subject.vf)?.vf : undefined;
}

function ontoAdapter(
  snapshot: HostSnapshot,
  subjects: Subject[],
  adapter: PhysicalFunction,
  rows: string[],
): Meaning {
  for (const subject of subjects) {
    const vf = subject.kind === 'vf' ? vfAt(snapshot, subject.pci)?.vf : undefined;
    if (vf) return ofAdapterAlready(snapshot, vf);
    const pci = subject.kind === 'attachment' ? subject.vf : subject.kind === 'macvlan' ? subject.on : '';
    const own = vfAt(snapshot, pci)?.vf;
    const home = own ? pfOf(snapshot, own) : snapshot.pfs.find((pf) => pf.pci === pci);
    if (home && home.pci !== adapter.pci)
      return l10n.t(
        '{0} belongs to {1}: drop it there to detach it.',
        functionTitle(snapshot, pci),
        home.name ?? home.pci,
      );
  }
  return { command: 'sriov.vf.detach', rows };
}

const ofAdapterAlready = (snapshot: HostSnapshot, vf: VirtualFunction): string =>
  vfState(vf) === 'attached'
    ? l10n.t(
        '{0} is in {1}: drop it on another container to move it, or use “Detach”.',
        vfTitle(snapshot, vf),
        holderName(snapshot, vf),
      )
    : l10n.t('{0} is not in a container: drop it on one to attach it.', vfTitle(snapshot, vf));
