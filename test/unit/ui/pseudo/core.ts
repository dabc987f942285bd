import type { About, Askable, Field } from '../../../../src/model/vfAttributes/attribute';
import type * as table from '../../../../src/model/vfAttributes/table';
import { said, unmarked } from './pseudo';

/** The core's functions, with a mark on what they say. Each is what a `vi.mock` makes of a module. */

type Module = Record<string, unknown>;
type Original = () => Promise<Module>;

/** Of functions that return plans, refusals and texts. */
export const speaking = async (original: Original): Promise<Module> =>
  mapped(await original(), (one) =>
    typeof one === 'function' ? (...given: unknown[]) => marked((one as Any)(...given)) : one,
  );

/** Of functions that return a text. */
export const naming = async (original: Original, names: RegExp): Promise<Module> =>
  mapped(await original(), (one, name) =>
    typeof one === 'function' && names.test(name)
      ? (...given: unknown[]) => text((one as Any)(...given))
      : one,
  );

/** Of the table of a VF's attributes: as the form, the tooltip and the outcome say them. */
export async function attributes(original: Original): Promise<Module> {
  const real = (await original()) as typeof table;
  return {
    ...real,
    askable: (key: Parameters<typeof real.askable>[0]) => asked(real.askable(key)),
    field: (key: Parameters<typeof real.field>[0]) => told(real.field(key)),
    told: { trunk: { ...real.told.trunk, fact: { label: said(real.told.trunk.fact.label) } } },
    wantedOf: (...given: Parameters<typeof real.wantedOf>) => said(real.wantedOf(...given)),
  };
}

type Any = (...given: unknown[]) => unknown;

const asked = (row: Askable<unknown>): Askable<unknown> => ({
  ...row,
  label: said(row.label),
  now: (value) => said((row.now ?? row.text)(value)),
  parse(typed, about) {
    const parsed = row.parse(unmarked(typed), about);
    return 'problem' in parsed ? { problem: said(parsed.problem) } : parsed;
  },
  ...(row.prompt ? { prompt: (about: About) => said(row.prompt?.(about) ?? '') } : {}),
  ...(row.choices
    ? {
        choices: (about: About) =>
          (row.choices?.(about) ?? []).map((one) => ({
            ...one,
            label: said(one.label),
            description: said(one.description),
          })),
      }
    : {}),
});

const told = (row: Field<unknown>): Field<unknown> => ({
  ...row,
  fact: {
    label: said(row.fact.label),
    text: (value) => text((row.fact.text ?? row.text)(value)) as string | null,
  },
});

/** A text, or what of plans, refusals and settings is for people; anything else is left alone. */
function marked(value: unknown): unknown {
  if (typeof value === 'string') return said(value);
  if (Array.isArray(value)) return value.map(marked);
  const speaks =
    typeof value === 'object' && value !== null && ['refused', 'steps', 'says'].some((key) => key in value);
  return speaks ? within(value) : value;
}

const spoken = ['title', 'verb', 'reason', 'otherwise', 'losses', 'notes', 'doubts', 'brings', 'says'];

function within(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return spoken.includes(key) ? said(value) : value;
  if (Array.isArray(value)) return value.map((one) => within(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one, name)]));
}

const text = (one: unknown): unknown => (typeof one === 'string' ? said(one) : one);

const mapped = (module: Module, change: (one: unknown, name: string) => unknown): Module =>
  Object.fromEntries(Object.entries(module).map(([name, one]) => [name, change(one, name)]));
