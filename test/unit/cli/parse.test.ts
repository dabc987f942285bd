import { describe, expect, test } from 'vitest';
import { attachRequest } from '../../../src/cli/requests';
import { exitOf, exitOfRefusal } from '../../../src/cli/exitCodes';
import { UsageError } from '../../../src/cli/usage';
import { commands } from '../../../src/cli/commands';
import { help } from '../../../src/cli/help';
import { commandNamed, parse } from '../../../src/cli/parse';

describe('the command line', () => {
  test.each([
    [[]],
    [['nope']],
    [['set-vfs', 'a']],
    [['set-vfs', 'a', '1', '2']],
    [['inventory', '--dry-run']],
    [['detach', 'a', '--nope']],
    [['--json']],
    [['attach', 'a', 'b', '--name']],
    [['diagnose', '--collect', 'a', 'b']],
  ])('%j is a usage error', (argv) => {
    expect(() => parse(argv)).toThrow(UsageError);
  });
  test('options may stand anywhere', () => {
    expect(
      parse(['--host', 'h', 'attach', 'v', '--address', '10.0.0.1/24', 'c', '--address', 'fd00::1/64']),
    ).toMatchObject({
      command: 'attach',
      positionals: ['v', 'c'],
      values: { host: 'h', address: ['10.0.0.1/24', 'fd00::1/64'] },
    });
  });
  test('an argument in brackets is optional', () => {
    expect(parse(['diagnose', '--collect'])).toMatchObject({ positionals: [], values: { collect: true } });
    expect(parse(['diagnose', '--collect', 'x.json']).positionals).toEqual(['x.json']);
  });
  test('help is asked for in three ways', () => {
    for (const argv of [['help'], ['--help'], ['attach', '-h']]) expect(parse(argv).command).toBe('help');
  });
  test('help about one command lists every option that it takes, and no other command', () => {
    for (const [name, { takes }] of Object.entries(commands)) {
      const { positionals } = parse([name, '--help']);
      expect(parse(['help', name]).positionals).toEqual(positionals);
      const text = help(commandNamed(positionals[0]!));
      for (const option of takes) expect(text, `${name} --${option}`).toContain(`--${option}`);
      expect(text.match(/^ {2}sriov \S+/gm)!.every((line) => line === `  sriov ${name}`)).toBe(true);
    }
  });
  test.each([
    ['--mac', '01:00:00:00:00:00'],
    ['--vlan', '4095'],
    ['--trust', 'yes'],
    ['--mtu', 'x'],
    ['--name', 'a/b'],
    ['--address', '10.0.0.1'],
    ['--gateway', 'x'],
    ['--engine', 'lxc'],
  ])('%s %s is a usage error', (option, value) => {
    const { positionals, values } = parse(['attach', 'v', 'c', option, value]);
    expect(() => attachRequest(positionals, values)).toThrow(UsageError);
  });
});

test('exit codes are the contract’s', () => {
  const nothing = {} as never;
  expect(exitOf({ status: 'done', plan: nothing, snapshot: nothing })).toBe(0);
  expect(exitOf({ status: 'mismatch', plan: nothing, snapshot: nothing, differences: [] })).toBe(1);
  expect(exitOfRefusal('in-use')).toBe(3);
  expect(exitOf({ status: 'undone', plan: nothing, snapshot: nothing, failure: nothing })).toBe(4);
  expect(exitOf({ status: 'stuck', plan: nothing, snapshot: nothing, failure: nothing, stuck: [] })).toBe(5);
  expect(exitOf({ status: 'disconnected', plan: nothing, reason: '' })).toBe(6);
  expect(exitOfRefusal('not-permitted')).toBe(7);
});
