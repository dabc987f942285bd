// Runs test/extension/*.test.ts inside a real VS Code: the project's own test host or, with VSCODE_TEST_HOST=desktop,
// the desktop build, which is downloaded. An argument selects the tests that have it in their title.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cacheDir } from '../vscode-host/location.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const bundles = join(root, 'out/test/extension');
const [titlePart] = process.argv.slice(2);

const dir = mkdtempSync(join(tmpdir(), 'sriov-tests-'));
const completed = await run().catch(report);
const { passes, failures, pending, running } = progress();
rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

// A run that broke off failed, and so did one without tests, even if no test did.
const failed = completed && passes > 0 ? failures : Math.max(failures, 1);
if (running) console.error(`The run broke off in: ${running}`);
console.log(`${passes} passed, ${failed} failed, ${pending} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

async function run() {
  execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
  await bundleTests();
  const folder = join(dir, 'folder');
  mkdirSync(folder);
  await runTests({
    ...(process.env.VSCODE_TEST_HOST === 'desktop'
      ? { cachePath: join(cacheDir, 'vscode-desktop') }
      : { vscodeExecutablePath: join(root, 'test/vscode-host/code') }),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(bundles, 'index.js'),
    launchArgs: [
      folder,
      '--disable-extensions',
      `--user-data-dir=${join(dir, 'user-data')}`,
      `--extensions-dir=${join(dir, 'extensions')}`,
    ],
    extensionTestsEnv: { SRIOV_TEST_PROGRESS: join(dir, 'progress.json'), SRIOV_TEST_GREP: titlePart },
  });
  return true;
}

async function bundleTests() {
  rmSync(bundles, { recursive: true, force: true });
  const tests = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...tests].map((name) => join(here, name)),
    outdir: bundles,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
  });
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof Error ? error.message : error);
  return false;
}

/** @returns {{ passes: number, failures: number, pending: number, running?: string }} what index.ts wrote last */
function progress() {
  try {
    return JSON.parse(readFileSync(join(dir, 'progress.json'), 'utf8'));
  } catch {
    return { passes: 0, failures: 0, pending: 0 };
  }
}
