/**
 * Scores the rules on evidence with a known cause: `npm run test:evidence [-- FOLDER]`.
 *
 * A case is right when an error or a warning has its cause and at most one other cause is an error; a healthy one when
 * nothing is an error or a warning. Causes that the case names as secondary are free.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const folder = process.argv[2] ?? join(root, 'test/fixtures/evidence');
const unscored = ['other', 'script-binds-bridge-to-vfio'];

const { diagnose, parseEvidence } = await load();
/** @typedef {{ cause: string, secondary_causes?: string[] }} Truth */
/** @typedef {{ id: string, wanted: string, got: string, counts: boolean, right: boolean }} Row */
/** @type {Row[]} */
const rows = [];
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
  const text = await readFile(join(folder, file), 'utf8');
  /** @type {{ id: string, truth: Truth }} */
  const { id, truth } = JSON.parse(text);
  rows.push(score(id, truth, diagnose(parseEvidence(text))));
}
print(rows);
const counted = rows.filter(({ counts }) => counts);
const right = counted.filter((row) => row.right);
const alarms = counted.filter((row) => row.wanted === 'healthy' && !row.right);
console.log(`\n${right.length} of ${counted.length} right, ${alarms.length} false alarms`);
process.exitCode = counted.length > 0 && right.length === counted.length ? 0 : 1;

/**
 * @param {string} id
 * @param {Truth} truth
 * @param {{ cause: string, severity: string }[]} findings
 * @returns {Row}
 */
function score(id, truth, findings) {
  const free = new Set(truth.secondary_causes ?? []);
  const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const got = bad.map(({ cause, severity }) => `${cause}${severity === 'warning' ? '?' : ''}`);
  const row = {
    id,
    wanted: truth.cause,
    got: [...new Set(got)].join(', '),
    counts: !unscored.includes(truth.cause),
  };
  if (truth.cause === 'healthy') return { ...row, right: bad.every(({ cause }) => free.has(cause)) };
  const others = new Set(
    bad
      .filter(({ severity, cause }) => severity === 'error' && cause !== truth.cause && !free.has(cause))
      .map(({ cause }) => cause),
  );
  return { ...row, right: bad.some(({ cause }) => cause === truth.cause) && others.size <= 1 };
}

/** @param {Row[]} all */
function print(all) {
  const head = { id: 'case', wanted: 'wanted', got: 'got ("?" = warning)', right: 'right' };
  /** @param {'id' | 'wanted' | 'got'} key */
  const width = (key) => Math.max(...[head, ...all].map((row) => String(row[key]).length));
  const lines = all.map((row) => ({ ...row, right: !row.counts ? '-' : row.right ? 'yes' : 'NO' }));
  for (const { id, wanted, got, right } of [head, ...lines])
    console.log(
      `${id.padEnd(width('id'))}  ${wanted.padEnd(width('wanted'))}  ${got.padEnd(width('got'))}  ${right}`,
    );
}

/** @returns {Promise<Pick<typeof import('../src/diagnostics/diagnose.ts'), 'diagnose'> & typeof import('../src/diagnostics/parseEvidence.ts')>} */
async function load() {
  const out = await mkdtemp(join(tmpdir(), 'sriov-evidence-'));
  try {
    const outfile = join(out, 'diagnostics.mjs');
    const contents = `export { diagnose } from './diagnose'; export { parseEvidence } from './parseEvidence';`;
    /** @type {import('esbuild').StdinOptions} */
    const stdin = { contents, resolveDir: join(root, 'src/diagnostics'), loader: 'ts' };
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'neutral', logLevel: 'error' });
    return /** @type {Awaited<ReturnType<typeof load>>} */ (await import(pathToFileURL(outfile).href));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
