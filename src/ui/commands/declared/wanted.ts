import { l10n } from 'vscode';
import type { Declared, FileProblem } from '../../../model/declared/declared';
import type { DeclaredPlan } from '../../../model/declared/declaredPlan';
import type { HostControl } from '../../../control/hostControl';
import type { HostSnapshot } from '../../../model/snapshot';
import { offer } from '../../changes/tell';
import type { DeclaredText, Workbench } from '../../workbench';

interface Wanted {
  declared: Declared;
  control: HostControl;
  snapshot: HostSnapshot;
  plan: DeclaredPlan;
}

/** The file that a command is about, held against the current host; undefined where that isn't possible, which is said then. */
export async function wantedOn(workbench: Workbench, item: unknown): Promise<Wanted | undefined> {
  const { control, snapshot } = workbench.host;
  if (!control || !snapshot) return undefined;
  const files = await workbench.declaredFiles();
  const { declared: paths } = workbench.settings();
  const path = paths[control.id] ?? paths[snapshot.host.hostname ?? ''];
  const file =
    (await files.read(addressIn(item))) ?? (path === undefined ? undefined : await files.read(path));
  if (!file) {
    offer(workbench, 'warning', l10n.t('Open a sriov.yaml first.'), {});
    return undefined;
  }
  const { planDeclared, readDeclared } = await import('../../declared/reading');
  const read = readDeclared(file.text);
  if ('problems' in read) return tellProblem(workbench, file, read.problems);
  const plan = planDeclared(snapshot, read.declared);
  if (plan.places.length > 0)
    return tellProblem(
      workbench,
      file,
      plan.places.map(({ path, text }) => read.problemAt(path, text)),
    );
  return { declared: read.declared, control, snapshot, plan };
}

function addressIn(item: unknown): string | undefined {
  const file = typeof item === 'object' && item !== null && 'file' in item ? item.file : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** The first of what is wrong, with where that is. */
function tellProblem(
  workbench: Workbench,
  { address, name }: DeclaredText,
  [first, ...others]: FileProblem[],
): undefined {
  if (!first) return;
  const text = `${name}:${first.line}:${first.column}: ${first.text}`;
  offer(
    workbench,
    'error',
    others.length === 0 ? text : l10n.t('{0} There are {1} more problems.', text, others.length),
    {
      [l10n.t('Show Place')]: async () => (await workbench.declaredFiles()).show(address, first),
    },
  );
}
