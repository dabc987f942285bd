import { parseArguments } from './arguments.mjs';
import { runExtensionTests } from './extension-tests.mjs';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

const { code, why } = await main().catch((/** @type {unknown} */ error) => ({ code: 1, why: error }));
if (why) console.error(why instanceof Error ? why.message : why);
process.exit(code);

async function main() {
  return runExtensionTests(parseArguments(process.argv.slice(2)), interruption.signal);
}
