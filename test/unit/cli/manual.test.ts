import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandNames, commands, type Command } from '../../../src/cli/commands';
import { manual } from '../../../src/cli/manual';

test('the manual page in docs/ is the one that sriov prints', async () => {
  await expect(`${manual()}\n`).toMatchFileSnapshot('../../../docs/sriov.1');
});

test('it has every command, and every option with what it does', () => {
  const page = manual().replaceAll('\\-', '-');
  for (const name of commandNames) {
    const { takes, says }: Command = commands[name];
    expect(page).toContain(`.SS "sriov ${name}`);
    expect(page).toContain(says.slice(1));
    for (const option of takes) expect(page, `${name} --${option}`).toMatch(new RegExp(`--${option}\\b`));
  }
});

const formatters = ['mandoc', 'groff'].filter((name) => !spawnSync(name, ['--version']).error);
test.skipIf(formatters.length === 0)('is formatted without a warning (needs groff or mandoc)', () => {
  for (const name of formatters) {
    const argv = name === 'groff' ? ['-man', '-Tutf8', '-ww'] : ['-Tlint', '-Wwarning'];
    const { stderr, stdout } = spawnSync(name, argv, { input: manual(), encoding: 'utf8' });
    expect(stderr).toBe('');
    if (name === 'groff') expect(stdout.replace(/.\u0008/g, '')).toContain('sriov attach VF|PF CONTAINER');
  }
});
