import { stateFolder } from '../../model/stateFolder';
import { appliedAt, type AppliedFix, type HostConfiguration } from '../../model/configuration';
import { isRefusal, refuse, type FileChange, type Plan, type Refusal, type Step } from '../../model/plan';
import type { UndoFixRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { configurationLock } from './planFix';
import { editSteps, kernelArguments, unchanged, verified, type Change } from './planKernelArguments';
import { step } from '../steps';

/** Plans undoing a fix: the original files, and what is generated from them. Even days and reboots later. */
export function planUndoFix(
  snapshot: HostSnapshot,
  { finding, configuration }: UndoFixRequest,
): Plan | Refusal {
  if (!configuration)
    return refuse(
      'unknown-state',
      `The configuration of ${snapshot.host.id} has not been read yet; run the readiness checks first.`,
    );
  const fix = configuration.fixes.findLast((other) => other.finding === finding);
  if (!fix)
    return refuse(
      'nothing-to-do',
      `No fix for ${finding} was applied to ${snapshot.host.id}, so there is nothing to undo.`,
    );
  if (fix.undone) return refuse('nothing-to-do', `The fix "${fix.title}" was already undone.`);
  if (fix.files.length === 0 && !fix.tool)
    return refuse('nothing-to-do', `The fix "${fix.title}" changed no file that could be restored.`, {
      do: 'undo-last',
    });
  const files = fix.files.map(({ path, before, after }): FileChange => ({
    path,
    before: after,
    after: before,
  }));
  const edited = files.find(
    ({ path, before }) => (configuration.files.find((other) => other.path === path)?.text ?? null) !== before,
  );
  if (edited) return editedSince(snapshot, configuration, fix, edited.path);
  const { regenerate } = fix;
  return planned(snapshot, fix, {
    files,
    notes:
      fix.add.length + fix.remove.length > 0
        ? ['It takes effect at the next boot; the host is not rebooted.']
        : [],
    preconditions: unchanged(files),
    steps: [
      ...editSteps(files, regenerate),
      ...(regenerate ? [step('Regenerate the boot configuration', regenerate, ['true'], 300)] : []),
      ...toolSteps(fix),
      ...(fix.verify.length > 0 ? [verified({ add: fix.remove, remove: fix.add }, fix.verify)] : []),
    ],
  });
}

const planned = (
  { host }: HostSnapshot,
  fix: AppliedFix,
  { files, notes, preconditions, steps }: Pick<Change, 'files' | 'notes' | 'preconditions' | 'steps'>,
): Plan => ({
  kind: 'undo-fix',
  title: `Undo the fix: ${fix.title}`,
  host: host.id,
  notes: [`It was applied ${appliedAt(fix)}.`, ...notes],
  losses: [],
  verb: 'Undo Fix',
  locks: [configurationLock],
  namespace: null,
  preconditions,
  steps: [...steps, noted(fix)],
  promises: [],
  files,
  lasting: true,
});

/** In a file that has been edited since, only the kernel's arguments are undone; the rest is left to the user. */
function editedSince(
  snapshot: HostSnapshot,
  configuration: HostConfiguration,
  fix: AppliedFix,
  path: string,
): Plan | Refusal {
  const only = fix.files.every((file) => !file.path.startsWith('/etc/modprobe.d/'));
  const back =
    only && fix.add.length + fix.remove.length > 0
      ? kernelArguments(configuration, { add: fix.remove, remove: fix.add })
      : null;
  if (back !== null && !isRefusal(back))
    return planned(snapshot, fix, {
      ...back,
      notes: [
        `${path} was edited since: only the arguments of the fix are undone, the rest stays.`,
        ...back.notes,
      ],
    });
  return refuse(
    'stale',
    `${path} was edited since the fix "${fix.title}"; restoring it would discard those edits. ${byHand(fix)}`,
  );
}

function toolSteps({ tool }: AppliedFix): Step[] {
  return tool ? [step("Restore the kernel's arguments", tool.back, tool.apply, 300)] : [];
}

const noted = (fix: AppliedFix): Step =>
  step(
    'Record that the fix was undone',
    ['note_fix', fix.finding, JSON.stringify({ ...fix, undone: true })],
    ['note_fix', fix.finding, JSON.stringify(fix)],
  );

const byHand = ({ add, remove }: AppliedFix): string =>
  `To undo it manually: ${
    [
      ...(add.length > 0 ? [`remove ${add.join(' ')}`] : []),
      ...(remove.length > 0 ? [`add ${remove.join(' ')}`] : []),
    ].join(', ') || `compare it with the copy in ${stateFolder}/fixes`
  }.`;
