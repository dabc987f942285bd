/**
 * Scores the rules on evidence with a known cause: `npm run test:evidence [-- FOLDER…] [--cuts N | --leave-one-out]`.
 *
 * FOLDER has cases (`*.json`, or a folder `cases` of them), each judged as JSON and as a terminal would show it, and
 * perhaps `pasted`: texts as people paste them, with a `truth.json`. What counts as right is in test/unit/diagnostics/verdict.ts.
 *
 * `--cuts N` takes N mixtures of parts of healthy hosts, and N parts of others. `--leave-one-out` tells how much is left
 * without what one case alone has taught, see evidence/leaveOneOut.mjs; it takes all cases unless it is told which.
 */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { leaveOneOut } from './evidence/leaveOneOut.mjs';
import { watchRules } from './evidence/watchRules.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const { values, positionals } = parseArgs({
  options: { cuts: { type: 'string' }, 'leave-one-out': { type: 'boolean' } },
  allowPositionals: true,
});
const fixtures = join(root, 'test/fixtures');
const given = join(fixtures, 'evidence');

const {
  casesIn,
  contradictions,
  cut,
  diagnose,
  families,
  isScored,
  isText,
  mixture,
  numbers,
  parseEvidence,
  verdict,
  watch,
} = await load();
/** @typedef {import('../test/unit/diagnostics/cases.ts').Case} Case */
/** @typedef {{ id: string, form: string, wanted: string, kind: string, got: string, scored: boolean, wrong: string[] }} Row */

const folders = positionals.length > 0 ? positionals : values['leave-one-out'] ? everything() : [given];
const cases = folders.flatMap(casesIn);
if (values['leave-one-out']) {
  withoutOwn();
  process.exit();
}
const rows = cases.map(judged);
table(
  ['case', 'form', 'wanted', 'got ("?" = warning)', 'right'],
  rows.map((row) => [row.id, row.form, row.wanted, row.got, mark(row)]),
);
console.log();
const scored = rows.filter((row) => row.scored);
const forms = [...new Set(scored.map(({ form }) => form))];
table(
  ['kind', ...forms],
  [...new Set(scored.map(({ kind }) => kind)), 'all'].map((kind) => [
    kind,
    ...forms.map((form) => {
      const some = scored.filter((row) => row.form === form && (kind === 'all' || row.kind === kind));
      return some.length === 0 ? '-' : `${some.filter(isRight).length} of ${some.length}`;
    }),
  ]),
);
const right = scored.filter(isRight);
const alarms = scored.filter((row) => row.wanted === 'healthy' && !isRight(row));
console.log(`\n${right.length} of ${scored.length} right, ${alarms.length} false alarms`);
const bad = values.cuts === undefined ? 0 : cutUp(Number(values.cuts));
process.exitCode = scored.length > 0 && right.length === scored.length && bad === 0 ? 0 : 1;

/**
 * So many mixtures of parts of healthy hosts, and as many parts of others.
 *
 * @param {number} times
 */
function cutUp(times) {
  const texts = cases.filter(isText);
  const healthy = texts.filter(({ truth }) => truth.cause === 'healthy');
  const ill = texts.filter(({ truth }) => truth.cause !== 'healthy');
  const random = numbers(3);
  /** @type {Map<string, number>} */
  const faults = new Map();
  /** @param {string} fault */
  const count = (fault) => faults.set(fault, (faults.get(fault) ?? 0) + 1);
  for (let at = 0; at < times; at++) {
    const { text, free } = mixture(healthy, random);
    for (const { id, severity, cause } of diagnose(parseEvidence(`$\n${text}`)))
      if (/error|warning/.test(severity) && !free.includes(cause)) count(`healthy, and yet ${id}`);
    for (const both of contradictions(
      diagnose(parseEvidence(`$\n${cut(ill[at % ill.length]?.text ?? '', random)}`)),
    ))
      count(`excludes itself: ${both}`);
  }
  const all = [...faults.values()].reduce((sum, one) => sum + one, 0);
  console.log(`${times} mixtures of healthy hosts and ${times} parts of others: ${all} faults`);
  for (const [fault, one] of faults) console.log(`${one}\t${fault}`);
  return all;
}

/** The cases that are given, and the sets of those that were held out. */
function everything() {
  const heldOut = join(fixtures, 'held-out');
  const sets = readdirSync(heldOut, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [given, ...sets.map(({ name }) => join(heldOut, name))];
}

function withoutOwn() {
  const reports = folders.flatMap((set) => {
    const all = casesIn(set);
    const ids = [...new Set(all.map(({ id }) => id))];
    return ids.map((id) => ({ set: relative(fixtures, set), id, forms: all.filter((one) => one.id === id) }));
  });
  const right = (/** @type {Case} */ one) => isRight(judged(one));
  const { rows, phrases, all } = leaveOneOut(reports, watch, right);
  for (const { set, id, place, text, decides } of phrases)
    console.log(`${decides ? 'decides' : ''}\t${set}/${id}\t${place}\t${text}`);
  console.log(`\n${phrases.length} of ${all} alternatives that matched did so in one report alone\n`);
  const count = (/** @type {typeof rows} */ some) => [
    String(some.length),
    ...[some.filter((row) => row.before), some.filter((row) => row.after)].map(
      ({ length }) => `${length} (${Math.round((100 * length) / some.length)} %)`,
    ),
  ];
  const sets = [...new Set(rows.map(({ set }) => set)), 'all'];
  table(
    ['set', 'reports', 'right', 'without their own alternatives'],
    sets.map((set) => [set, ...count(rows.filter((row) => set === 'all' || row.set === set))]),
  );
  for (const { set, id } of rows.filter(({ before, after }) => before && !after))
    console.log(`only by its own alternatives: ${set}/${id}`);
}

/**
 * @param {Case} one
 * @returns {Row}
 */
function judged({ id, form, text, truth }) {
  const row = { id, form, wanted: truth.cause, kind: kindOf(truth.cause), scored: isScored(truth) };
  try {
    const findings = diagnose(parseEvidence(text));
    const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const got = bad.map(({ cause, severity }) => `${cause}${severity === 'warning' ? '?' : ''}`);
    return { ...row, got: [...new Set(got)].join(', '), wrong: verdict(findings, truth) };
  } catch (error) {
    return { ...row, got: String(error), wrong: ['not read'] };
  }
}

/**
 * The question that a cause answers.
 *
 * @param {string} cause
 */
function kindOf(cause) {
  const family =
    families.find((one) => one.cause === cause) ??
    families.find(({ rules }) => rules.some((rule) => rule.cause === cause));
  return family?.id ?? cause;
}

/** @param {Row} row */
function isRight({ wrong }) {
  return wrong.length === 0;
}

/** @param {Row} row */
function mark(row) {
  return !row.scored ? '-' : isRight(row) ? 'yes' : `NO: ${row.wrong.join(', ')}`;
}

/**
 * @param {string[]} head
 * @param {string[][]} lines
 */
function table(head, lines) {
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((cells) => cells[at]?.length ?? 0)));
  for (const cells of [head, ...lines])
    console.log(
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** @returns {Promise<Pick<typeof import('../src/diagnostics/diagnose.ts'), 'diagnose'> & Pick<typeof import('../src/diagnostics/rules/families.ts'), 'families'> & typeof import('../src/diagnostics/parseEvidence.ts') & typeof import('../test/unit/diagnostics/cases.ts') & typeof import('../test/unit/diagnostics/cuts.ts') & typeof import('../test/unit/diagnostics/verdict.ts') & { watch: typeof import('./evidence/watch.mjs') }>} */
async function load() {
  const out = await mkdtemp(join(tmpdir(), 'sriov-evidence-'));
  try {
    const watcher = './scripts/evidence/watch.mjs';
    const outfile = join(out, 'evidence.mjs');
    const modules = [
      ...['diagnose', 'rules/families', 'parseEvidence'].map((name) => `./src/diagnostics/${name}`),
      ...['cases', 'cuts', 'verdict'].map((name) => `./test/unit/diagnostics/${name}`),
    ];
    const contents = [
      ...modules.map((name) => `export * from '${name}';`),
      `export * as watch from '${watcher}';`,
    ].join('\n');
    /** @type {import('esbuild').StdinOptions} */
    const stdin = { contents, resolveDir: root, loader: 'ts' };
    /** @type {import('esbuild').BuildOptions} */
    const watched = values['leave-one-out']
      ? { plugins: [watchRules(root)], inject: [join(root, watcher)] }
      : {};
    await build({
      ...{ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' },
      ...watched,
    });
    return /** @type {Awaited<ReturnType<typeof load>>} */ (await import(pathToFileURL(outfile).href));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
