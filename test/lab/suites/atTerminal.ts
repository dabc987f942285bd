import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { completing } from '../../../src/cli/completion/completing';
import { allVfs, type HostSnapshot } from '../../../src/model/snapshot';
import type { Lab } from '../lab';

/** What a person at a terminal has of `sriov`: names to choose from, and a look that stays. */
export function atTerminal(lab: Lab): void {
  describe('at a terminal', () => {
    const there = ['--host', lab.alias, '--ssh-config', lab.sshConfig];
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
    });
    afterAll(() => lab.tidy());

    test('the names of adapters, VFs and running containers are offered', async () => {
      const offered = async (...words: string[]) => {
        const argv = ['dist/cli.js', completing, ...there, ...words];
        const { stdout } = await execa(process.execPath, argv);
        return stdout.split('\n').map((line) => line.split('\t')[0]);
      };
      // The emulated machine may take longer than anybody at a terminal waits.
      await expect.poll(() => offered('set-vfs', ''), { timeout: 60_000 }).toEqual(['enp1s0', 'enp2s0']);
      await expect
        .poll(() => offered('attach', 'enp1s0:'), { timeout: 60_000 })
        .toEqual(['enp1s0:0', 'enp1s0:1']);
      await expect.poll(() => offered('attach', 'enp1s0:0', 'rou'), { timeout: 60_000 }).toEqual(['router']);
    }, 200_000);

    test('inventory --watch prints one document for each change, ends by Ctrl-C, and leaves nothing on the host', async () => {
      const argv = ['dist/cli.js', ...there, 'inventory', '--watch', '--json'];
      const child = execa(process.execPath, argv, { reject: false, buffer: false });
      const said = { out: '', err: '' };
      child.stdout.on('data', (data) => (said.out += String(data)));
      child.stderr.on('data', (data) => (said.err += String(data)));
      const documents = () =>
        said.out
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as HostSnapshot);
      const names = () => allVfs(documents().at(-1)!).map(({ name }) => name);

      await vi.waitUntil(() => said.err.includes('Live'), { timeout: 60_000 });
      const before = documents().length;
      expect(names()).toEqual(['enp1s0v0', 'enp1s0v1']);
      await lab.sh('ip link set enp1s0v1 name other');
      await expect.poll(names, { timeout: 15_000 }).toEqual(['enp1s0v0', 'other']);
      await lab.sh('ip link set other name enp1s0v1');
      await expect.poll(names, { timeout: 15_000 }).toEqual(['enp1s0v0', 'enp1s0v1']);
      expect(documents().length).toBeGreaterThanOrEqual(before + 2);

      child.kill('SIGINT');
      expect((await child).exitCode).toBe(0);
      const listeners = () =>
        lab.sh(`pgrep -f '^(ip monitor|ip netns monitor|udevadm monitor|docker events)' || true`);
      await expect.poll(listeners, { timeout: 30_000 }).toBe('');
    }, 180_000);
  });
}
