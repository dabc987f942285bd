// What an account of a recorded host runs instead of a shell: `node answer.mjs NAME`. It takes part in the product's login
// (src/host/bootstrap.ts) as root's shell would, and answers the programs that look from the recording. Nothing of a program is run.
import { answerTo } from '../../test/hosts/answer.mjs';
import { recordedHost } from '../../test/hosts/index.mjs';

const [name = ''] = process.argv.slice(2);
const host = await recordedHost(name);
const nonce = /@ ready (\w+)/.exec(process.env['SSH_ORIGINAL_COMMAND'] ?? '')?.[1];
if (nonce) {
  for (const stream of [process.stdout, process.stderr]) stream.write(`\n@ ready ${nonce}\n`);
  const answer = answerTo(host, await sent());
  // The words of the executor for a host on which it starts nothing (src/execution/program/executor.sh).
  process.stdout.write(answer ?? `@ unsafe\n| ${refusal()}\n@ outcome unsafe\n`);
  if (answer === undefined) refuse();
} else refuse();

function refusal() {
  return `${name} is a recorded host: read-only.`;
}

function refuse() {
  console.error(refusal());
  process.exitCode = 3;
}

async function sent() {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text;
}
