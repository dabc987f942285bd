import { l10n } from 'vscode';
import { isRunning, type Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import { runningFirst } from '../arranging/order';
import { oneLine } from '../hostText';
import { containerRow, containerRowId } from '../tree/containerRow';
import { once } from '../tree/once';
import { holderOf, isAway, vfState } from '../tree/vfState';
import { engines } from '../tree/containers';
import type { Node } from './messages';

/** Who has, or could have, a part of an adapter: containers, other namespaces, drivers for programs, bridges and bonds of the host. */
export interface Users {
  nodes: Node[];
  /** The node of who has a function; undefined where nobody has it. */
  of(vf: Pick<VirtualFunction, 'holder' | 'driver' | 'master'>): string | undefined;
  /** The node that a container is shown by: one for all that share a network. */
  named(container: Container): string;
}

export function usersOf(snapshot: HostSnapshot): Users {
  const shared = byNamespace(snapshot);
  const shownBy = (container: Container): Container =>
    (container.netnsInode !== null && shared.get(container.netnsInode)?.[0]) || container;
  const named = (container: Container) => containerRowId(snapshot, shownBy(container));
  const of: Users['of'] = ({ holder, driver, master }) => {
    if (holder.kind === 'vfio') return `${snapshot.host.id}/driver/${driver ?? ''}`;
    if (holder.kind === 'host') return master === null ? undefined : masterId(snapshot, master);
    if (holder.kind === 'none') return undefined;
    const container = holderOf(snapshot, { holder });
    return container ? named(container) : `${snapshot.host.id}/ns/${holder.netnsInode ?? ''}`;
  };
  const functions = allFunctions(snapshot);
  const others = new Map<string, Node>();
  for (const vf of functions) {
    const id = of(vf);
    if (id === undefined || (isAway(vf) && holderOf(snapshot, vf))) continue;
    others.set(id, other(snapshot, id, vf));
  }
  const containers = snapshot.containers
    .toSorted(runningFirst)
    .filter((one) => shownBy(one) === one)
    .map((one) => containerNode(snapshot, one, shared.get(one.netnsInode ?? -1)?.length ?? 1));
  return { nodes: [...containers, ...others.values()], of, named };
}

const masterId = ({ host }: HostSnapshot, master: string): string => `${host.id}/device/${master}`;

/** Those that run, by their network; what has the host's own shares nothing. */
function byNamespace({ containers, host }: HostSnapshot): Map<number, Container[]> {
  const all = new Map<number, Container[]>();
  for (const one of containers)
    if (one.netnsInode !== null && one.netnsInode !== host.netnsInode)
      all.set(one.netnsInode, [...(all.get(one.netnsInode) ?? []), one]);
  return all;
}

function containerNode(snapshot: HostSnapshot, container: Container, sharing: number): Node {
  const row = rowOf(snapshot, container);
  const engine = engines.find((one) => one.engine === container.engine)?.title ?? container.engine;
  const words = container.engine === 'netns' ? [l10n.t('network namespace')] : [container.state, engine];
  if (container.networkMode === 'host') words.push(l10n.t('host network'));
  if (sharing > 1) words.push(l10n.t('shared with {0}', sharing - 1));
  return {
    id: row.id,
    layer: 3,
    label: row.label,
    detail: oneLine(words.join(' · ')),
    look: container.engine === 'netns' || isRunning(container) ? 'up' : 'off',
    spoken: row.spoken,
    menu: { viewItem: row.context, host: snapshot.host.id, container: container.id },
  };
}

const rowOf = once(containerRow);

function other(snapshot: HostSnapshot, id: string, vf: VirtualFunction): Node {
  const [label, detail] =
    vfState(vf) === 'vfio'
      ? [vf.driver ?? '', l10n.t('for a virtual machine or DPDK')]
      : isAway(vf)
        ? [vf.holder.name ?? l10n.t('namespace {0}', vf.holder.netnsInode ?? '?'), l10n.t('no container')]
        : [vf.master ?? '', masterText(snapshot, vf.master)];
  const said = oneLine(label);
  const look = vfState(vf) === 'vfio' ? 'vfio' : isAway(vf) ? 'up' : 'reserved';
  return { id, layer: 3, label: said, detail: oneLine(detail), look, spoken: oneLine(`${said}, ${detail}`) };
}

function masterText({ links }: HostSnapshot, master: string | null): string {
  const kind = links.find(({ name }) => name === master)?.kind;
  return kind ? l10n.t('{0} of the host', kind) : l10n.t('of the host');
}
