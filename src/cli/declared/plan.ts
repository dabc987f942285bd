import { writeFile } from 'node:fs/promises';
import type { Declared } from '../../model/declared/declared';
import type { Difference, DeclaredPlan, Origin } from '../../model/declared/declaredPlan';
import { isRefusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { originOf } from '../../planning/declared/origins';
import { planDeclared } from '../../planning/declared/planDeclared';
import { saved } from '../../planning/declared/savedPlan';
import { loadDeclared } from '../../planning/declared/load';
import { asRoot } from '../change';
import type { Context } from '../context';
import { exit } from '../exitCodes';
import { wantedIn } from './file';
import { driftText, planText } from './planText';

/** The exit status of `plan` and `drift`, for scripts: 0 and 1 are as everywhere. */
const differs = 2;

/** Shows what would make the host what a file declares. */
export async function plan(context: Context): Promise<number> {
  const read = await compare(context);
  if (typeof read === 'number') return read;
  const { file, plan: made } = read;
  context.print.answer({ file, ...documentOf(made) }, (view) => planText(made, view));
  if (made.blocks.length > 0) return exit.mismatch;
  if (context.values.out !== undefined && !(await save(context, context.values.out, read)))
    return exit.mismatch;
  return made.parts.length > 0 ? differs : exit.done;
}

/** Writes the plan to a file, for `apply`; false where that isn't possible, which is said then. */
async function save(
  { print }: Context,
  path: string,
  { snapshot, declared, text }: Compared,
): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(saved(snapshot, declared, text), null, 2)}\n`);
  } catch (error) {
    print.problem(`Could not write ${path}: ${error instanceof Error ? error.message : String(error)}.`);
    return false;
  }
  print.progress(`Saved as ${path}; "sriov apply ${path}" does just that, or nothing.`);
  return true;
}

/** Shows what isn't as a file declares it, and since when. */
export async function drift(context: Context): Promise<number> {
  const read = await compare(context);
  if (typeof read === 'number') return read;
  const { file, plan: made, snapshot } = read;
  const history = made.differences.length > 0 ? await context.control.history() : [];
  const drifted = made.differences.map((one): Difference & { origin: Origin | null } => ({
    ...one,
    origin: isRefusal(history) ? null : originOf(snapshot, history, one),
  }));
  context.print.answer(
    {
      file,
      host: made.host,
      status: drifted.length > 0 ? 'drifted' : 'as-declared',
      differences: drifted,
      blocks: made.blocks,
      notes: made.notes,
    },
    (view) => driftText(made, drifted, view),
  );
  if (drifted.length > 0) return differs;
  return made.blocks.length > 0 ? exit.mismatch : exit.done;
}

/** What `--json` prints of a plan. */
export const documentOf = ({ host, differences, parts, blocks, notes }: DeclaredPlan) => ({
  host,
  status: blocks.length > 0 ? 'blocked' : parts.length > 0 ? 'changes' : 'as-declared',
  ...{ differences, changes: parts.map(({ differences: _, ...part }) => part), blocks, notes },
});

interface Compared {
  file: string;
  text: string;
  declared: Declared;
  plan: DeclaredPlan;
  snapshot: HostSnapshot;
}

/** The file and the whole host; a number is the exit status. */
async function compare(context: Context): Promise<Compared | number> {
  const { positionals, values, print } = context;
  const [file = ''] = positionals;
  const wanted = await wantedIn(file, print, values.json === true, false);
  if (!wanted) return exit.mismatch;
  const { declared, text } = wanted;
  const snapshot = await seenAsRoot(context);
  if (typeof snapshot === 'number') return snapshot;
  await loadDeclared();
  return { file, text, declared, snapshot, plan: planDeclared(snapshot, declared) };
}

/** Reads the host as root, since only root sees where every VF is; a number is the exit status if that isn't possible. */
export async function seenAsRoot(context: Context): Promise<HostSnapshot | number> {
  const { control, signal } = context;
  return (await asRoot(context)) ?? control.snapshot ?? (await control.refresh(signal));
}
