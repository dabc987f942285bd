import { named } from './campaign';
import type { Ending, Result } from './inject';

const endings: Record<Ending, string> = {
  before: 'as before',
  promise: 'as promised',
  fault: 'as the fault alone leaves it',
  lost: 'lost',
};

/** A Markdown table: each fault in each kind of plan, how often, and how it ended. */
export function table(results: Result[]): string {
  const place = ({ fault, kind }: Result) => `${fault.name} | ${kind.name}`;
  const places = [...new Set(results.map(place))].sort();
  const rows = places.map((name) =>
    row(
      name,
      results.filter((result) => place(result) === name),
    ),
  );
  const head = ['fault', 'plan', 'times', ...Object.values(endings), 'by an offered recovery'];
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows,
    row('all | all', results),
  ].join('\n');
}

function row(name: string, results: Result[]): string {
  const ended = Object.keys(endings).map((ending) => results.filter((r) => r.ending === ending).length);
  return `| ${[name, results.length, ...ended, results.filter((r) => r.offered).length].join(' | ')} |`;
}

/** What was lost, for whoever fixes it. */
export const losses = (results: Result[]): string =>
  results
    .filter(({ lost }) => lost.length > 0)
    .map((r) => `${named(r)} (reported: ${r.reported}):\n${r.lost.map((line) => `    ${line}`).join('\n')}`)
    .join('\n');
