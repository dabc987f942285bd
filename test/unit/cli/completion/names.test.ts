import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { prepareReplay } from '../../../../lab/replay/prepare.mjs';
import { complete } from '../../../../src/cli/completion/complete';
import * as live from '../../../../src/cli/completion/names';
import { sshHost } from '../../../../src/host/ssh';
import { readSnapshot } from '../../../../src/inventory/readSnapshot';

afterEach(() => void vi.restoreAllMocks());

/** What is offered after these words. */
async function offered(...words: string[]): Promise<string[]> {
  let text = '';
  await complete(words, { text: (said) => (text += said as string) });
  return text === '' ? [] : text.split('\n').map((line) => line.split('\t')[0]!);
}

describe('names of a host that ssh reaches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sriov-names-'));
  let there: string[];
  beforeAll(async () => {
    const configFile = prepareReplay('e810', join(folder, 'e810'));
    there = ['--host', 'e810', '--ssh-config', configFile];
    await readSnapshot(sshHost('e810', { configFile }));
  });
  afterAll(async () => {
    const host = sshHost('e810', { configFile: there.at(-1) });
    await host.hangUp?.();
    await host.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    [['set-vfs', ''], ['ens1f1']],
    [['detach', 'ens1f1:'], [0, 1, 2, 3].map((index) => `ens1f1:${index}`)],
    [['attach', 'ens1f1v0'], ['ens1f1v0']],
    [['attach', '0000:70:00'], ['0000:70:00.1']],
    [
      ['attach', 'ens1f1:0', ''],
      ['du', 'cu'],
    ],
    [['--host', 'e8'], ['e810']],
  ])(
    'after %j: %j',
    // A busy machine may take longer than anybody at a terminal waits.
    (words, names) => expect.poll(() => offered(...there, ...words), { timeout: 25_000 }).toEqual(names),
    30_000,
  );
});

describe('nothing is said, and soon', () => {
  test('where the host is not reached', async () => {
    expect(await offered('--host', 'nowhere.invalid', 'attach', '')).toEqual([]);
    expect(await offered('--host', '-oProxyCommand=true', 'attach', '')).toEqual([]);
  });

  test.each(['$(reboot)', 'a b', 'x;y', "it's", '`id`', 'a\nb', '~root', 'x\u001b[2J'])(
    'of a name that a shell would act on: %j',
    async (word) => {
      vi.spyOn(live, 'names').mockResolvedValue([
        { word, says: '' },
        { word: 'fw', says: `in\n${word}` },
      ]);
      expect(await offered('attach', 'v', '')).toEqual(['fw']);
    },
  );
});
