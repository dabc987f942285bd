import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sshConfig } from './access.mjs';

/**
 * Root's shell on a machine that stays open: what is run in it costs the machine no login.
 *
 * @typedef {object} Shell
 * @property {(program: string) => Promise<string>} run one at a time; throws when the program fails
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} variant
 * @returns {Shell}
 */
export function openShell(variant) {
  const { child, argv, lines } = ssh(variant, 'sh');
  const ended = once(child, 'close');
  const answers = lines[Symbol.asyncIterator]();
  return {
    async run(program) {
      child.stdin.write(`(\n${program}\n) </dev/null; echo "@ended@ $?"\n`);
      const printed = [];
      for (;;) {
        const { value: line, done } = await answers.next();
        if (done) throw new Error(`ssh ${argv.join(' ')} ended.`);
        const [, status] = line.match(/^@ended@ (\d+)$/) ?? [];
        if (status === '0') return printed.join('\n');
        if (status) throw new Error(`Exit status ${status}, after ${printed.join('\n')}, of:\n${program}`);
        printed.push(line);
      }
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * Hands on, line by line, what a command prints on a machine by a login of its own. Returns what ends it.
 *
 * @param {string} variant
 * @param {string} command
 * @param {(line: string) => void} take
 * @returns {() => void}
 */
export function listenBy(variant, command, take) {
  const { child, lines } = ssh(variant, command);
  lines.on('line', take);
  return () => child.kill();
}

/**
 * @param {string} variant
 * @param {string} command
 */
function ssh(variant, command) {
  const own = ['-o', 'ControlMaster=no', '-o', 'ControlPath=none'];
  const argv = ['-F', sshConfig(variant), ...own, 'sriov-lab', command];
  const child = spawn('ssh', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  return { child, argv, lines: createInterface(child.stdout) };
}
