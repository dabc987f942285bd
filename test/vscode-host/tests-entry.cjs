// Runs in the extension host in the place of the real test module, and reports what verdict.mjs reads.
const { readFileSync, writeFileSync } = require('node:fs');

const { tests, result, endMark } = JSON.parse(readFileSync(process.env.SRIOV_TEST_ORDERS, 'utf8'));
const report = (code, why) => writeFileSync(result, JSON.stringify({ code, why }));

const reportEarlyExit = (code) =>
  report(code || 1, `A test ended the extension host with exit code ${code}.`);
process.once('exit', reportEarlyExit);

exports.run = async () => {
  try {
    await require(tests).run();
    report(0);
  } catch (error) {
    report(1, String(error?.stack ?? error));
    throw error;
  } finally {
    process.off('exit', reportEarlyExit);
    console.log(endMark);
  }
};
