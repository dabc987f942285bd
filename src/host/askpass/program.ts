import { quote } from '../../model/quote';

/** The socket by which the program reaches us; its folder is the user's alone. */
export const socketVariable = 'SRIOV_ASKPASS_SOCKET';

/** Passes a question on to us and prints the answer; fails if there is none, which ssh takes as a refusal. */
const passOn = `
const socket = require('net').connect(process.env.${socketVariable});
let answer = '';
socket.setEncoding('utf8');
socket.on('error', () => process.exit(1));
socket.on('data', (text) => { answer += text; });
socket.on('end', () => {
  if (!answer.startsWith('=')) process.exit(1);
  process.stdout.write(answer.slice(1) + '\\n');
});
socket.write(JSON.stringify({ prompt: process.argv[1] || '', hint: process.env.SSH_ASKPASS_PROMPT || '' }) + '\\n');
`;

/**
 * The program that SSH_ASKPASS names. There may be no Node on the path, but we are running in one: VS Code's acts as one with
 * ELECTRON_RUN_AS_NODE.
 */
export const askpassProgram = (node = process.execPath): string =>
  `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quote(node)} -e ${quote(passOn)} -- "$1"\n`;
