import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allVfs, type HostSnapshot } from '../../../src/model/snapshot';
import type { Lab } from '../lab';

/** `sriov inventory --watch` says what others change, and leaves nothing behind. */
export function watch(lab: Lab): void {
  describe('sriov inventory --watch', () => {
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
    });
    afterAll(() => lab.tidy());

    test('prints one document for each change, and ends by Ctrl-C', async () => {
      const options = ['--host', lab.alias, '--ssh-config', lab.sshConfig];
      const argv = ['dist/cli.js', ...options, 'inventory', '--watch', '--json'];
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
