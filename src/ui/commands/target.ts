import { l10n } from 'vscode';
import type { Container } from '../../model/container';
import type { Kept } from '../../model/lasting/kept';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Refusal } from '../../model/plan';
import { allVfs, type HostSnapshot } from '../../model/snapshot';
import { resolveContainer, resolvePf, resolveVf } from '../../planning/resolve';
import type { Subject } from '../tree/row';
import type { Workbench } from '../workbench';

/** The words that tasks, tests and other extensions name things by, as they would on the command line. */
interface PlainIds {
  host?: string;
  pf?: string;
  vf?: string;
  container?: string;
  /** An attachment that lasts, by its id. */
  kept?: string;
  /** A readiness check, what it is about (`host` where nothing is said), and which of its fixes, from 0. */
  check?: string;
  about?: string;
  fix?: string;
  /** Keys have no row to pass; they name the view whose selection is meant. */
  view?: string;
}

/** What a command was called on. */
export interface Target {
  subjects: Subject[];
  plain: PlainIds;
  /** True when the caller named something: then nothing else may stand in for it. */
  given: boolean;
}

export function targetOf({ rows }: Workbench, item: unknown, items: unknown): Target {
  const rowIds = rowIdsIn(item, items);
  if (rowIds.length > 0)
    return { subjects: rowIds.flatMap((id) => rows.subject(id) ?? []), plain: {}, given: true };
  const plain = plainIds(item);
  if (plain.pf ?? plain.vf ?? plain.container ?? plain.kept ?? plain.check)
    return { subjects: [], plain, given: true };
  return { subjects: rows.selected(plain.view), plain, given: false };
}

/** The hosts that a command was called on: named by word, or by the rows of several hosts. None: the current one is meant. */
export function hostsMeant({ rows }: Workbench, item: unknown, items: unknown): string[] {
  const { host, view, ...things } = plainIds(item);
  if (host !== undefined) return [host];
  if (Object.values(things).some((one) => one !== undefined)) return [];
  return rows.hostsOf(rowIdsIn(item, items), view);
}

/** A node of the topology tells the id of its row beside what menus match. */
const rowIdsIn = (item: unknown, items: unknown): string[] =>
  (Array.isArray(items) && items.length > 0 ? items : [rowOf(item)]).filter((id) => typeof id === 'string');

const rowOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'row' in item ? item.row : item;

function plainIds(item: unknown): PlainIds {
  if (typeof item !== 'object' || item === null) return {};
  const text = (key: keyof PlainIds) => {
    const value: unknown = (item as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    host: text('host'),
    pf: text('pf'),
    vf: text('vf'),
    container: text('container'),
    kept: text('kept'),
    check: text('check'),
    about: text('about'),
    fix: text('fix'),
    view: text('view'),
  };
}

/** The host that a caller named, by row or by word. */
export function hostIn(target: Target): string | undefined {
  return target.plain.host ?? target.subjects.find((subject) => subject.kind === 'host')?.id;
}

/** The adapters that were meant; a refusal when a named one doesn't exist. */
export function pfsIn({ plain, subjects }: Target, snapshot: HostSnapshot): PhysicalFunction[] | Refusal {
  if (plain.pf !== undefined) return listed(resolvePf(snapshot, plain.pf));
  return snapshot.pfs.filter(({ pci }) =>
    subjects.some((subject) => subject.kind === 'pf' && subject.pci === pci),
  );
}

export function vfsIn({ plain, subjects }: Target, snapshot: HostSnapshot): VirtualFunction[] | Refusal {
  if (plain.vf !== undefined) {
    const found = resolveVf(snapshot, plain.vf);
    return isRefusal(found) ? found : [found.vf];
  }
  return allVfs(snapshot).filter(({ pci }) =>
    subjects.some(
      (subject) =>
        (subject.kind === 'vf' && subject.pci === pci) ||
        (subject.kind === 'attachment' && subject.vf === pci),
    ),
  );
}

export function containersIn({ plain, subjects }: Target, snapshot: HostSnapshot): Container[] | Refusal {
  if (plain.container !== undefined) return listed(resolveContainer(snapshot, plain.container));
  return snapshot.containers.filter((one) =>
    subjects.some(
      (subject) => subject.kind === 'container' && subject.id === one.id && subject.engine === one.engine,
    ),
  );
}

/** Attachments that last: named, or those of the VFs that were meant. */
export function keptIn(target: Target, snapshot: HostSnapshot): Kept[] | Refusal {
  const { plain, subjects } = target;
  const ids = plain.kept ?? subjects.flatMap((subject) => (subject.kind === 'kept' ? subject.ids : []));
  const vfs = vfsIn(target, snapshot);
  if (isRefusal(vfs)) return vfs;
  const found = snapshot.kept.filter(
    ({ intent }) => [ids].flat().includes(intent.id) || vfs.some(({ pci }) => pci === intent.vf),
  );
  return plain.kept !== undefined && found.length === 0
    ? refuse('unknown-function', l10n.t('No attachment that lasts has the id “{0}”.', plain.kept))
    : found;
}

const listed = <T extends object>(found: T | Refusal): T[] | Refusal => (isRefusal(found) ? found : [found]);
