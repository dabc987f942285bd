// `npm test`: sets everything up, then runs every check and suite, cheapest first. All of them run even when one fails; the
// last line counts. `npm test -- unit lab` runs only those.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './setup/prepare.mjs';

const bin = (name) => join('node_modules', '.bin', name);
const vitest = (suite, reporter = 'default') => ({
  argv: [bin('vitest'), 'run', '--config', `test/${suite}/vitest.config.mts`, `--reporter=${reporter}`],
  counts: 'vitest',
});
const check = (...argv) => ({ argv, counts: 'exit' });

/** What is run, in this order. `exit`: passed or failed as a whole; `vitest`: by its report; `line`: by its last count line. */
const suites = {
  typecheck: check(bin('tsc'), '--noEmit'),
  lint: check(bin('eslint'), '.'),
  format: check(bin('prettier'), '--check', '--log-level', 'warn', '.'),
  shellcheck: check('node', 'scripts/shellcheck.mjs'),
  architecture: check('node', 'scripts/architecture.mjs'),
  build: check('node', 'esbuild.mjs'),
  unit: vitest('unit'),
  evidence: check('node', 'scripts/evidence.mjs'),
  package: check('node', 'scripts/package.mjs'),
  extension: { argv: ['node', 'test/extension/runTests.mjs'], counts: 'line' },
  // Minutes each: show every test as it ends.
  lab: vitest('lab', 'verbose'),
  e2e: vitest('e2e', 'verbose'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0)
  throw new Error(`There is no suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`);

try {
  await prepare();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

const output = 'test-output';
mkdirSync(output, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const start = Date.now();
  const counted = run(name, suite);
  for (const key of Object.keys(total)) total[key] += counted[key];
  if (counted.failed > 0) broken.push(name);
  console.log(
    `== ${name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped (${Math.round((Date.now() - start) / 1000)} s)`,
  );
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** A suite that ends badly has failed at least once, whatever it counted: a hook that throws leaves its tests "skipped". */
function run(name, { argv: [file, ...args], counts }) {
  const report = join(output, `${name}.json`);
  rmSync(report, { force: true });
  const more = counts === 'vitest' ? ['--reporter=json', `--outputFile.json=${report}`] : [];
  const piped = counts === 'line';
  const { status, stdout, error } = spawnSync(file, [...args, ...more], {
    stdio: ['ignore', piped ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (piped) process.stdout.write(stdout ?? '');
  if (error) console.error(error.message);
  const bad = status !== 0 || error !== undefined;
  const counted = { exit: whole, vitest: reported, line: lastLine }[counts](report, stdout ?? '');
  if (counted.passed === 0 && !bad) return { passed: 0, failed: 1, skipped: 0 };
  return bad && counted.failed === 0
    ? { ...counted, passed: counts === 'exit' ? 0 : counted.passed, failed: 1 }
    : counted;
}

function whole() {
  return { passed: 1, failed: 0, skipped: 0 };
}

function reported(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function lastLine(_, stdout) {
  const lines = [...stdout.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  const [, passed, failed, skipped] = (lines.at(-1) ?? []).map(Number);
  return { passed: passed || 0, failed: failed || 0, skipped: skipped || 0 };
}
