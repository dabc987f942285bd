import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { allVfs, pfOf, type HostSnapshot } from '../../model/snapshot';
import type { Subject } from '../tree/row';
import type { Workbench } from '../workbench';

/** The words that tasks, tests and other extensions name things by, as they would on the command line. */
interface PlainIds {
  host?: string;
  pf?: string;
  vf?: string;
  container?: string;
}

/** What a command was called on. */
export interface Target {
  subjects: Subject[];
  plain: PlainIds;
  /** True when the caller named something: then nothing else may stand in for it. */
  given: boolean;
}

export function targetOf({ rows }: Workbench, item: unknown, items: unknown): Target {
  const ids = Array.isArray(items) && items.length > 0 ? items : [item];
  const rowIds = ids.filter((id) => typeof id === 'string');
  if (rowIds.length > 0)
    return { subjects: rowIds.flatMap((id) => rows.subject(id) ?? []), plain: {}, given: true };
  const plain = plainIds(item);
  if (plain.pf ?? plain.vf ?? plain.container) return { subjects: [], plain, given: true };
  return { subjects: rows.selected(), plain, given: false };
}

function plainIds(item: unknown): PlainIds {
  if (typeof item !== 'object' || item === null) return {};
  const text = (key: keyof PlainIds) => {
    const value: unknown = (item as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { host: text('host'), pf: text('pf'), vf: text('vf'), container: text('container') };
}

/** The host that a caller named, by row or by word. */
export function hostIn(target: Target): string | undefined {
  return target.plain.host ?? target.subjects.find((subject) => subject.kind === 'host')?.id;
}

export function pfsIn(target: Target, snapshot: HostSnapshot): PhysicalFunction[] {
  const { pf } = target.plain;
  return snapshot.pfs.filter(
    (one) =>
      (pf !== undefined && (one.pci === pf || one.name === pf)) ||
      target.subjects.some((subject) => subject.kind === 'pf' && subject.pci === one.pci),
  );
}

export function vfsIn(target: Target, snapshot: HostSnapshot): VirtualFunction[] {
  const { vf } = target.plain;
  return allVfs(snapshot).filter(
    (one) =>
      (vf !== undefined && namesVf(snapshot, one, vf)) ||
      target.subjects.some(
        (subject) =>
          (subject.kind === 'vf' && subject.pci === one.pci) ||
          (subject.kind === 'attachment' && subject.vf === one.pci),
      ),
  );
}

function namesVf(snapshot: HostSnapshot, vf: VirtualFunction, word: string): boolean {
  if (vf.pci === word || vf.name === word) return true;
  const pf = pfOf(snapshot, vf);
  return word === `${pf?.name}:${vf.index}` || word === `${pf?.pci}:${vf.index}`;
}

export function containersIn(target: Target, snapshot: HostSnapshot): Container[] {
  const { container } = target.plain;
  return snapshot.containers.filter(
    (one) =>
      (container !== undefined && (one.name === container || one.id.startsWith(container))) ||
      target.subjects.some(
        (subject) =>
          subject.kind === 'container' && subject.id === one.id && subject.engine === one.engine,
      ),
  );
}
