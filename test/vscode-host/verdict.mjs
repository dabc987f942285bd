import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * VS Code reports an extension host that crashed, or that a test ended with process.exit(), as exit code 0. So the
 * module that VS Code runs is ours (tests-entry.cjs): it runs the real one, and writes down what became of it.
 *
 * @param {string} dir a folder of this run
 * @param {string} tests the real test module
 */
export function prepareVerdict(dir, tests) {
  const orders = join(dir, 'tests.json');
  const result = join(dir, 'result.json');
  const endMark = `The tests of ${dir} are over`;
  writeFileSync(orders, JSON.stringify({ tests, result, endMark }));

  return {
    /** Tells tests-entry.cjs what to do. */
    env: { SRIOV_TEST_ORDERS: orders },
    endMark,
    /**
     * @param {number} reported the exit code that the workbench makes of it
     * @returns {{ code: number, why?: string }}
     */
    read(reported) {
      const { code, why } = readResult(result);
      return { code: code || reported, why };
    },
  };
}

/** @param {string} file @returns {{ code: number, why?: string }} */
function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { code: 1, why: 'The extension host ended before the tests did.' };
  }
}
