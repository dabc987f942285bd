import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code in the extension host. Rejects when a test failed, and when none ran. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ timeout: 30_000, forbidOnly: true, grep: process.env['SRIOV_TEST_GREP'] });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  const { passes, failures } = await runAll(mocha);
  if (failures > 0) throw new Error(`${failures} failed.`);
  if (passes === 0) throw new Error('No test ran.');
}

function runAll(mocha: Mocha): Promise<Mocha.Stats> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(stats));
    const stats = runner.stats!;
    runner.on('test', (test) => report(stats, test.fullTitle()));
    runner.on('test end', () => report(stats));
    runner.on('end', () => report(stats));
  });
}

/** Tells runTests.mjs how far we are, so that it can say so whatever happens to this process. */
function report({ passes, failures, pending }: Mocha.Stats, running?: string): void {
  writeFileSync(process.env['SRIOV_TEST_PROGRESS']!, JSON.stringify({ passes, failures, pending, running }));
}
