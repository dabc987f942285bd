/* eslint @typescript-eslint/no-require-imports: off -- the extension host loads a CommonJS module */
// Runs in the extension host in the place of the real test module, and reports what verdict.mjs reads.
const fs = require('node:fs');

/** @type {{ tests: string, result: string, endMark: string }} */
const { tests, result, endMark } = JSON.parse(fs.readFileSync(process.env.SRIOV_TEST_ORDERS ?? '', 'utf8'));
/**
 * @param {number} code
 * @param {string} [why]
 */
const report = (code, why) => fs.writeFileSync(result, JSON.stringify({ code, why }));

/** @param {number} code */
const reportEarlyExit = (code) =>
  report(code || 1, `A test ended the extension host with exit code ${code}.`);
process.once('exit', reportEarlyExit);

exports.run = async () => {
  try {
    /** @type {{ run(): Promise<void> }} */
    const suite = require(tests);
    await suite.run();
    report(0);
  } catch (error) {
    report(1, error instanceof Error && error.stack ? error.stack : String(error));
    throw error;
  } finally {
    process.off('exit', reportEarlyExit);
    console.log(endMark);
  }
};
