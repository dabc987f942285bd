import { describe, expect, test } from 'vitest';
import { commandNames, commands, type Command } from '../../../../src/cli/commands';
import { wanted } from '../../../../src/cli/completion/wanted';
import { everywhere } from '../../../../src/cli/options';

const words = (...typed: string[]) => wanted(typed).words.map(({ word }) => word);

describe('what may come next', () => {
  test('is a command first, also after options', () => {
    expect(words('')).toEqual([...commandNames, 'help']);
    expect(words('--host', 'h', '--json', 'att')).toEqual([...commandNames, 'help']);
    expect(words('help', '')).toEqual(commandNames);
  });
  test.each(commandNames)('after - it is each option that %s takes, but none twice', (name) => {
    const { takes }: Command = commands[name];
    expect(words(name, '-')).toEqual([...takes, ...everywhere].map((option) => `--${option}`));
    expect(words(name, '--json', '-')).not.toContain('--json');
  });
  test('an option that may be given again is offered again', () =>
    expect(words('attach', '--address', '10.0.0.1/24', '-')).toContain('--address'));
  test('of an option with words to choose from it is those, by the command', () => {
    expect(words('attach', 'v', 'c', '--engine', '')).toEqual(['docker', 'podman', 'containerd', 'netns']);
    expect(words('configure', 'v', '--driver', '')).toEqual(['none']);
    expect(words('configure', 'v', '--vlan', '')).toEqual([]);
    expect(words('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });
  test.each([
    [['set-vfs', ''], ['PF']],
    [
      ['configure', ''],
      ['PF', 'VF'],
    ],
    [
      ['attach', ''],
      ['PF', 'VF'],
    ],
    [['attach', 'enp1s0:0', ''], ['CONTAINER']],
    [['attach', '--name', 'eth1', 'enp1s0:0', ''], ['CONTAINER']],
    [['attach', 'enp1s0:0', 'fw', ''], []],
    [['detach', 'enp1s0:0', ''], ['CONTAINER']],
    [['--host', ''], ['HOST']],
    [['journal', ''], []],
  ] as const)('after %j it is the name of %j', (typed, names) => expect(wanted(typed).names).toEqual(names));
  test('a file, where one is to be put', () => {
    for (const typed of [
      ['diagnose', '--evidence', ''],
      ['--ssh-config', ''],
      ['diagnose', ''],
    ])
      expect(wanted(typed).files, typed.join(' ')).toBe(true);
    expect(wanted(['attach', '']).files).toBe(false);
  });
  test('the host that is named so far is the one to ask', () => {
    expect(wanted(['--host=lab', '--ssh-config', 'f', 'attach', ''])).toMatchObject({
      ...{ host: 'lab', sshConfig: 'f' },
      names: ['PF', 'VF'],
    });
    expect(wanted(['attach', '']).host).toBe('local');
  });
  test('behind = too', () => {
    expect(wanted(['attach', '--mode=p'])).toMatchObject({ before: '--mode=', typed: 'p', names: [] });
    expect(words('attach', '--mode=p')).toEqual(['vf', 'pf', 'macvlan']);
  });
});
