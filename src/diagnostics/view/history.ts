import type { TypedCommand } from '../../model/evidence';
import { failed } from './answers';
import { once } from './once';

/** `echo 4 > …/sriov_numvfs`, with whatever stands around it. */
const writesCount =
  /(?:echo|printf)\s+(?:-n\s+)?['"]?(\d{1,5})(?:\\n)?['"]?\s*(?:>|\|)[^|;&]*?(\S*sriov_numvfs)\b/;
export const readsCount = /^\s*(?:sudo )?(?:cat|head|more)\b.*?(\S*sriov_numvfs)\b/;

/** What is typed into the file of an adapter: a number that it took or refused, or the number it answered. */
interface Told {
  at: number;
  file: string;
  count: number;
  what: 'taken' | 'refused' | 'read';
}

export const countHistory = once((commands: readonly TypedCommand[]): Told[] =>
  commands.flatMap(({ command, error }, at): Told[] => {
    const [, count, file] = writesCount.exec(command) ?? [];
    if (count !== undefined && file !== undefined) {
      return [{ at, file, count: Number(count), what: failed(error) ? 'refused' : 'taken' }];
    }
    const answer = /^\s*(\d{1,5})\s*$/.exec(error ?? '')?.[1];
    const read = readsCount.exec(command)?.[1];
    return read !== undefined && answer !== undefined
      ? [{ at, file: read, count: Number(answer), what: 'read' }]
      : [];
  }),
);

/** The number that an adapter had when this was typed, as far as what was typed before says; `null` when it doesn't. */
export function countBefore(commands: readonly TypedCommand[], command: string): number | null {
  const at = commands.findLastIndex((one) => one.command === command);
  const before = countHistory(commands).filter(
    (told) => told.what !== 'refused' && (told.at < at || !writesCount.test(command)),
  );
  return before.at(-1)?.count ?? null;
}

/** The files that took a number of VFs in the end. An error above the first prompt, whose command isn't seen, was before that. */
export function takenLater(commands: readonly TypedCommand[]): string[] {
  const last = new Map(countHistory(commands).map((told) => [told.file, told]));
  return [...last.values()].flatMap(({ file, what, count }) =>
    what !== 'refused' && count > 0 ? [file] : [],
  );
}

/** Which commands failed, and were typed again later and went well: their failure is over. */
export function madeGood(commands: readonly TypedCommand[]): Set<number> {
  const went = new Set<string>();
  const over = new Set<number>();
  for (let at = commands.length - 1; at >= 0; at--) {
    const { command = '', error = null } = commands[at] ?? {};
    const [, count, file] = writesCount.exec(command) ?? [];
    const same = [
      command.trim(),
      ...(file === undefined ? [] : [`${file} ${count === '0' ? 'none' : 'some'}`]),
    ];
    if (same.some((one) => went.has(one))) over.add(at);
    if (!failed(error)) for (const one of same) went.add(one);
  }
  return over;
}
