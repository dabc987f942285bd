import type { DeclaredAdapter, VfGroup } from '../../../model/declared/declared';
import { unsaid, type AGroup, type AnAdapter, type Exportable } from './exportable';
import type { Exported, ExportedFile, Unsaid } from './exported';

/** Why something can't be said; `null`: it can. */
type WhyNot<About> = string | null | ((about: About, adapter: AnAdapter) => string | null);

/** What a target has words for. Of settings that a group has, each is in the output or unsaid. */
export interface Words {
  /** By which of the two an adapter is known there; the sentence is for those of which it isn't known. */
  knows: { by: readonly ('pci' | 'name')[]; ifNot: string };
  /** Why nothing can be said of an adapter. */
  adapter?: (about: DeclaredAdapter) => string | null;
  eSwitchMode: WhyNot<DeclaredAdapter>;
  group: Record<Exclude<keyof VfGroup, 'vfRange'>, WhyNot<VfGroup>>;
  attachment: string;
}

/** The part of a group that can be said. */
export interface SaidGroup extends Omit<AGroup, 'path' | 'label'> {
  indexes: number[];
}

/** The part of an adapter that can be said. */
export interface SaidAdapter {
  /** By which it is called there. */
  id: string;
  pci?: string;
  name?: string;
  about: DeclaredAdapter;
  groups: SaidGroup[];
  /** All its VFs get network drivers. */
  isAllNetdevice: boolean;
}

/** Something that configures adapters, and knows nothing of containers. */
export const byManager =
  (words: Words, filesOf: (adapters: SaidAdapter[]) => ExportedFile[]) =>
  ({ adapters, attachments, unsaid: before }: Exportable): Exported => {
    const known = adapters.map((one) => ({ one, why: whyNotAt(words, one) }));
    const said = known.flatMap(({ one, why }) => (why === null ? [sayable(words, one)] : []));
    return {
      files: filesOf(said.map(({ adapter }) => adapter)),
      unsaid: [
        ...before,
        ...known.flatMap(({ one: { path, about, label }, why }) =>
          why === null ? [] : [unsaid(path, about, why, label)],
        ),
        ...said.flatMap((one) => one.unsaid),
        ...attachments.map(({ path, about, label }) => unsaid(path, about, words.attachment, label)),
      ],
    };
  };

function whyNotAt({ knows, adapter }: Words, { pci, name, about }: AnAdapter): string | null {
  const ids = { pci, name };
  return knows.by.every((key) => ids[key] === undefined) ? knows.ifNot : (adapter?.(about) ?? null);
}

function sayable(words: Words, adapter: AnAdapter): { adapter: SaidAdapter; unsaid: Unsaid[] } {
  const { pci, name, about, path, label } = adapter;
  const by = words.knows.by.find((key) => ({ pci, name })[key] !== undefined) ?? 'pci';
  const [found, how] =
    by === 'pci' ? (['rootDevices', 'PCI address'] as const) : (['pfNames', 'name'] as const);
  const mode = whyNot(words.eSwitchMode, about, adapter);
  const groups = adapter.groups.map((group) => sayableGroup(words, adapter, group));
  return {
    adapter: {
      ...{ id: { pci, name }[by] ?? '', pci, name, groups: groups.map(({ group }) => group) },
      about: mode === null ? about : { ...about, eSwitchMode: undefined },
      isAllNetdevice: adapter.isAllNetdevice,
    },
    unsaid: [
      ...(Object.keys(about.nicSelector) as (keyof typeof about.nicSelector)[])
        .filter((key) => key !== found)
        .map((key) =>
          unsaid(
            `${path}.nicSelector.${key}`,
            about.nicSelector[key],
            `The adapter is found by its ${how} alone.`,
            `${label}, ${key}`,
          ),
        ),
      ...(about.eSwitchMode === undefined || mode === null
        ? []
        : [unsaid(`${path}.eSwitchMode`, about.eSwitchMode, mode, `${label}, eSwitchMode`)]),
      ...groups.flatMap((one) => one.unsaid),
    ],
  };
}

function sayableGroup(
  words: Words,
  adapter: AnAdapter,
  group: AGroup,
): { group: SaidGroup; unsaid: Unsaid[] } {
  const { about, from, to, path, label } = group;
  const can: VfGroup = { vfRange: about.vfRange };
  const cannot: Unsaid[] = [];
  for (const key of Object.keys(words.group) as (keyof Words['group'])[]) {
    if (about[key] === undefined) continue;
    const why = whyNot(words.group[key], about, adapter);
    if (why === null) Object.assign(can, { [key]: about[key] });
    else cannot.push(unsaid(`${path}.${key}`, about[key], why, `${label}, ${key}`));
  }
  const indexes = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return { group: { about: can, from, to, indexes }, unsaid: cannot };
}

const whyNot = <About>(why: WhyNot<About>, about: About, adapter: AnAdapter): string | null =>
  typeof why === 'function' ? why(about, adapter) : why;

/** A PCI address in the name of a file or an object. */
export const inName = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Only `sriov` has a use for the name of a group. */
export const onlyHere = 'Only sriov.yaml and the operator have names for groups.';
