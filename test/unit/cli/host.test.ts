import { afterEach, expect, test, vi } from 'vitest';
import { runCli } from '../../../src/cli/run';

afterEach(() => void vi.restoreAllMocks());

test.each([
  ['a b', 'spaces'],
  ['user@', 'The host after "user@" is missing.'],
  ['host:99999', '"99999" is not a port'],
])('--host %j is a usage error', async (host, why) => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await runCli(['inventory', '--host', host])).toBe(2);
  expect(said.mock.calls.join('')).toContain(why);
});
