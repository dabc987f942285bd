import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shells } from '../../../../src/cli/completion/completing';
import { scripts } from '../../../../src/cli/completion/scripts';

/** A `sriov` that says what it was asked, and always offers the same. */
const folder = mkdtempSync(join(tmpdir(), 'sriov-completion-'));
const asked = join(folder, 'asked');
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'evidence.json'), '');
writeFileSync(
  join(folder, 'sriov'),
  `#!/bin/sh
shift
printf '%s|' "$@" >'${asked}'
case $* in
*--evidence*) echo :files ;;
*) printf '%s\\t%s\\n' enp1s0:0 'VF 0: free' enp1s0:1 'VF 1' enp1s0 'the adapter' ;;
esac
`,
);
chmodSync(join(folder, 'sriov'), 0o755);

/** What a shell does by itself with a line that ends where the cursor is: what it asked sriov, and what it offers. */
const lines: Record<(typeof shells)[number], (line: string) => string> = {
  bash: (line) => `${scripts.bash}
COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}
_sriov sriov
printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (line) => `compdef() { }
_describe() { print -rl -- \${(P)argv[-1]} }
_files() { print -rl -- *(N) }
${scripts.zsh}
words=("\${(@Q)\${(@z)$(print -r -- ${JSON.stringify(line)})}}")
[[ ${JSON.stringify(line)} == *" " ]] && words+=('')
CURRENT=$#words PREFIX=$words[-1]
_sriov`,
  fish: (line) => `${scripts.fish}
complete -C ${JSON.stringify(line)}`,
};

const run = (shell: (typeof shells)[number], line: string) => {
  const argv = shell === 'fish' ? ['--no-config', '-c'] : shell === 'zsh' ? ['-f', '-c'] : ['--norc', '-c'];
  const { stdout, stderr } = spawnSync(shell, [...argv, lines[shell](line)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder },
  });
  const question = readFileSync(asked, 'utf8').split('|').slice(0, -1);
  return { question, stderr, offers: stdout.trimEnd().split('\n') };
};

const isThere = (shell: string) => !spawnSync(shell, ['-c', ':']).error;

for (const shell of shells)
  describe.skipIf(!isThere(shell))(`completion in ${shell}`, () => {
    test('asks with the words so far, the one that is being typed last', () => {
      expect(run(shell, 'sriov --host lab attach ').question).toEqual(['--host', 'lab', 'attach', '']);
      expect(run(shell, 'sriov attach enp1s0:').question).toEqual(['attach', 'enp1s0:']);
      expect(run(shell, 'sriov ').question).toEqual(['']);
    });
    test('offers what it is told', () => {
      const { offers, stderr } = run(shell, 'sriov attach enp');
      expect(stderr).toBe('');
      const words = { bash: 'enp1s0:0', zsh: 'enp1s0\\:0:VF 0: free', fish: 'enp1s0:0\tVF 0: free' };
      expect(offers).toContain(words[shell]);
      expect(offers).toHaveLength(3);
    });
    test('leaves files to the shell', () =>
      expect(run(shell, 'sriov diagnose --evidence ev').offers).toContain('evidence.json'));
  });

test.skipIf(!isThere('bash'))(
  'in bash only what follows the last colon is replaced, as readline does it',
  () => {
    expect(run('bash', 'sriov attach enp1s0:').offers).toEqual(['0', '1', 'enp1s0']);
  },
);
