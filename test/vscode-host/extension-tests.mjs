import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from './browser.mjs';
import { sourceDir } from './location.mjs';
import { createRunFolder } from './run-folder.mjs';
import { startServer } from './server.mjs';
import { seedSettings } from './settings.mjs';
import { TestConsole } from './test-console.mjs';
import { prepareVerdict } from './verdict.mjs';
import { setDevelopmentOptions, workbenchUrl } from './workbench-page.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ code: number, why?: string }} Outcome an exit code: 0 only if the test module itself said so */

const timeLimitMs = Number(process.env.SRIOV_TEST_HOST_TIMEOUT_MS ?? 600_000);

/**
 * Runs a test module inside VS Code's extension host.
 *
 * @param {import('./arguments.mjs').TestRun} run
 * @param {AbortSignal} interruption
 * @returns {Promise<Outcome>}
 */
export async function runExtensionTests(run, interruption) {
  const folder = createRunFolder(run);
  const verdict = prepareVerdict(folder.dir, run.tests);
  const testConsole = new TestConsole(verdict.endMark);
  let server, browser;
  try {
    seedSettings(folder.userDataDir);
    server = await startServer(folder, { env: verdict.env });
    browser = await startBrowser(folder);
    const { page } = browser;

    await setDevelopmentOptions(page, server, run.extensions, join(sourceDir, 'tests-entry.cjs'));
    const workbench = await listenToWorkbench(page, testConsole);
    await page.goto(workbenchUrl(server, run), { waitUntil: 'commit' });
    return await Promise.race([
      workbench.exitCode.then(verdict.read),
      server.exited.then((how) => failure(`The VS Code server ended early (${how}).`)),
      event(page, 'crash').then(() => failure('The workbench page crashed.')),
      event(page, 'close').then(() => failure('The workbench page was closed.')),
      sleep(timeLimitMs).then(() => failure(`The tests did not end in ${timeLimitMs} ms.`)),
      aborted(interruption).then(() => ({ code: 130 })),
    ]);
  } finally {
    testConsole.mute();
    // The browser first: a workbench whose server is gone would log that it reconnects.
    await browser?.close();
    await server?.stop();
    folder.remove();
  }
}

/**
 * Offers the two functions that VS Code's workbench calls while it runs extension tests.
 *
 * @param {Page} page
 * @param {TestConsole} testConsole
 */
async function listenToWorkbench(page, testConsole) {
  await page.exposeFunction('codeAutomationLog', testConsole.write);
  /** @type {(code: number) => void} */
  let report = () => {};
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve) => (report = resolve));
  await page.exposeFunction('codeAutomationExit', report);
  return { exitCode };
}

/** @param {string} why @returns {Outcome} */
const failure = (why) => ({ code: 1, why });

/** @param {Page} page @param {'crash' | 'close'} name */
const event = (page, name) => new Promise((resolve) => page.once(/** @type {'close'} */ (name), resolve));

/** @param {AbortSignal} signal */
const aborted = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', resolve, { once: true });
  });
