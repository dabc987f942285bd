// `npm test`: sets everything up, then runs every check and suite, cheapest first. All of them run even when one fails; the
// last line counts. `npm test -- unit lab` runs only those. What needs neither a VS Code nor a lab runs while these are made.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stop } from '../lab/machine.mjs';
import { isRunning } from '../lab/state.mjs';
import { prepareMachines, preparePackages, prepareSystems } from './setup/prepare.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {object} Suite
 * @property {[file: string, ...args: string[]]} argv
 * @property {'exit' | 'vitest' | 'line'} counts
 * @property {true} [meanwhile] needs neither a VS Code nor a lab
 */

/** @param {string} name */
const bin = (name) => join('node_modules', '.bin', name);
/**
 * @param {string} suite
 * @param {string} [reporter]
 * @returns {Suite}
 */
const vitest = (suite, reporter = 'default') => ({
  argv: [bin('vitest'), 'run', '--config', `test/${suite}/vitest.config.mts`, `--reporter=${reporter}`],
  counts: 'vitest',
});
/**
 * @param {Suite['argv']} argv
 * @returns {Suite}
 */
const check = (...argv) => ({ argv, counts: 'exit' });
const meanwhile = /** @type {const} */ (true);

/**
 * What is run, in this order. `exit`: passed or failed as a whole; `vitest`: by its report; `line`: by its last count line.
 *
 * @type {Record<string, Suite>}
 */
const suites = {
  typecheck: { ...check('npm', 'run', '--silent', 'typecheck'), meanwhile },
  lint: { ...check(bin('eslint'), '.'), meanwhile },
  format: { ...check(bin('prettier'), '--check', '--log-level', 'warn', '.'), meanwhile },
  shellcheck: { ...check('node', 'scripts/shellcheck.mjs'), meanwhile },
  architecture: { ...check('node', 'scripts/architecture.mjs'), meanwhile },
  build: { ...check('node', 'esbuild.mjs'), meanwhile },
  evidence: { ...check('node', 'scripts/evidence.mjs'), meanwhile },
  package: { ...check('node', 'scripts/package.mjs'), meanwhile },
  unit: { ...vitest('unit'), meanwhile },
  extension: { argv: ['node', 'test/extension/runTests.mjs'], counts: 'line' },
  // Before any other machine is up: it compares times.
  bench: check('node', 'bench/run.mjs', '--sample'),
  // Minutes each: show every test as it ends.
  lab: vitest('lab', 'verbose'),
  e2e: vitest('e2e', 'verbose'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0)
  throw new Error(`There is no suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`);

await preparePackages().catch(giveUp);
const machines = prepareMachines().then(() => (isAsked('lab') ? prepareSystems() : undefined));
// Its failure is reported where it is waited for.
machines.catch(() => {});

/** The machine that two suites use: it stays up between them. */
const shared = 'default';
const stays = isRunning(shared) || process.env.LAB_KEEP === shared;
/** The suite that runs ends by itself; the machine has to be taken down. */
let interrupted = false;
process.on('SIGINT', () => (interrupted = true));

const output = 'test-output';
mkdirSync(output, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const broken = [];
for (const [name, suite] of Object.entries(suites)) {
  if (interrupted) break;
  if (!isAsked(name)) continue;
  if (!suite.meanwhile) await machines.catch(giveUp);
  console.log(`\n== ${name}`);
  const start = Date.now();
  const counted = await run(name, suite);
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counted[key];
  if (counted.failed > 0) broken.push(name, ...(suite.counts === 'vitest' ? failures(reportOf(name)) : []));
  console.log(
    `== ${name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped (${Math.round((Date.now() - start) / 1000)} s)`,
  );
}
if (!stays) await stop(shared);
if (broken.length > 0) console.log(`\nFailed:\n${broken.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = interrupted ? 130 : total.failed > 0 || total.passed === 0 ? 1 : 0;

/** @param {string} name */
function isAsked(name) {
  return asked.length === 0 || asked.includes(name);
}

/** @param {unknown} error what could not be set up */
function giveUp(error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

/**
 * A suite that ends badly has failed at least once, whatever it counted: a hook that throws leaves its tests "skipped".
 *
 * @param {string} name
 * @param {Suite} suite
 * @returns {Promise<Count>}
 */
async function run(name, { argv: [file, ...args], counts }) {
  const report = reportOf(name);
  rmSync(report, { force: true });
  const more = counts === 'vitest' ? ['--reporter=json', `--outputFile.json=${report}`] : [];
  const child = spawn(file, [...args, ...more], {
    stdio: ['ignore', counts === 'line' ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, LAB_KEEP: shared },
  });
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    printed += text;
    process.stdout.write(text);
  });
  const bad = await once(child, 'close').then(
    ([status]) => status !== 0,
    (/** @type {Error} */ error) => {
      console.error(error.message);
      return true;
    },
  );
  const counted = { exit: whole, vitest: reported, line: lastLine }[counts](report, printed);
  if (counted.passed === 0 && !bad) return { passed: 0, failed: 1, skipped: 0 };
  return bad && counted.failed === 0
    ? { ...counted, passed: counts === 'exit' ? 0 : counted.passed, failed: 1 }
    : counted;
}

/** @param {string} suite */
function reportOf(suite) {
  return join(output, `${suite}.json`);
}

/**
 * The tests that failed, each with what it said: with the count, so that the end of a long log has both.
 *
 * @param {string} report
 */
function failures(report) {
  if (!existsSync(report)) return [];
  /** @type {{ testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => [
      `  ${relative('', name)}${message && `: ${message}`}`,
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) =>
          `    ${[fullName, ...failureMessages].join('\n')}`.slice(0, 2000),
        ),
    ]);
}

function whole() {
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * @param {string} report
 * @returns {Count}
 */
function reported(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  /** @type {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>} */
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {string} _
 * @param {string} stdout
 * @returns {Count}
 */
function lastLine(_, stdout) {
  const lines = [...stdout.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  const [, passed = 0, failed = 0, skipped = 0] = [...(lines.at(-1) ?? [])].map((text) => Number(text ?? 0));
  return { passed, failed, skipped };
}
