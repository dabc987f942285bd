import type { Finding, FixChange, Purpose } from '../model/finding';
import { purposes } from '../model/finding';
import type { ChangeRequest } from '../model/request';
import { change, elevate } from './change';
import type { Context } from './context';
import { exit } from './exitCodes';
import { UsageError } from './usage';

/** Looks for the finding on the live host, plans its fix for that host, shows it, asks, and applies it; or undoes it. */
export async function fixCommand(context: Context): Promise<number> {
  const { control, positionals, values, print, signal } = context;
  const [finding = ''] = positionals;
  // As root more of the host's files can be read.
  const obstacle = await elevate(context);
  if (obstacle !== undefined) return obstacle;
  if (values.undo) {
    const configuration = await control.configuration(signal);
    return change(context, () => ({ kind: 'undo-fix', finding, configuration }));
  }
  const found = chosen(await control.diagnose(purposeOf(values.purpose), signal), finding, values.subject);
  if (typeof found === 'string') {
    print.failure('refused', found);
    return exit.refused;
  }
  const configuration = await control.configuration(signal);
  const request: ChangeRequest = {
    ...{ kind: 'fix', finding, title: found.title, change: found.change, configuration },
  };
  return change(context, () => request);
}

function purposeOf(given: string | undefined): Purpose {
  const purpose = purposes.find((other) => other === given);
  if (given !== undefined && !purpose)
    throw new UsageError(`--purpose must be one of ${purposes.join(', ')}, not "${given}".`);
  return purpose ?? 'netdev';
}

/** The change to make, or a sentence why there is none. */
function chosen(
  findings: Finding[],
  id: string,
  subject: string | undefined,
): { title: string; change: FixChange } | string {
  const named = findings.filter(
    (finding) =>
      finding.id === id &&
      finding.severity !== 'pass' &&
      (subject === undefined || finding.subject === subject),
  );
  const able = findings.filter(({ fixes }) => fixes.some(({ change: one }) => one)).map((one) => one.id);
  const others = `Findings that can be fixed automatically: ${[...new Set(able)].join(', ') || 'none'}.`;
  if (named.length === 0)
    return `There is no finding "${id}"${subject ? ` about ${subject}` : ''}. ${others}`;
  const fixes = named.flatMap(({ title, fixes: all }) =>
    all.flatMap(({ change: one }) => (one ? [{ title, change: one }] : [])),
  );
  const [first] = fixes;
  if (!first)
    return `"${named[0]?.title}" can't be fixed automatically. Fix it manually: ${named
      .flatMap(({ fixes: all }) => all.map(({ summary }) => summary))
      .join('; ')}. ${others}`;
  const changes = new Set(fixes.map(({ change: one }) => JSON.stringify(one)));
  if (changes.size > 1 && subject === undefined && named.length > 1)
    return `"${id}" was found more than once: pass --subject ${named.map((one) => one.subject).join(' or ')}.`;
  return first;
}
