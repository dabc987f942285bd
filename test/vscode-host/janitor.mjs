import { spawn } from 'node:child_process';

/** Reads process groups until whoever writes them is gone; then ends their leaders, what is left of them, and the folder. */
const SCRIPT = `
while read -r group; do groups="$groups $group"; done
for group in $groups; do kill -s TERM "$group"; done
sleep 5
for group in $groups; do kill -s KILL -- "-$group"; done
rm -rf "$0"
`;

/**
 * Cleans up after this process, should it be killed before it could: a shell of its own sees its input end.
 *
 * @param {string} folder
 */
export function startJanitor(folder) {
  const janitor = spawn('sh', ['-c', SCRIPT, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  janitor.unref();
  /** @type {import('node:net').Socket} */ (janitor.stdin).unref();
  return {
    /** @param {number} group to end */
    ends: (group) => janitor.stdin.write(`${group}\n`),
    dismiss: () => janitor.kill('SIGKILL'),
  };
}
