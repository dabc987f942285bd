import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sshHost } from '../../../src/host/ssh';
import type { Host } from '../../../src/host/host';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { applyPlan } from '../../../src/execution/applyPlan';
import { planChange } from '../../../src/planning/plan';
import { comparable, type Lab } from '../lab';
import { itsTurn } from '../random';

/** Taking changes back, and going on with interrupted ones. */
export function journal(lab: Lab): void {
  describe('taking back, and going on', () => {
    let host: Host;
    beforeAll(async () => {
      host = sshHost('sriov-lab', { configFile: lab.sshConfig });
      await lab.tidy();
    });

    const inWeb = (command: string) =>
      lab.sh(`nsenter -t "$(docker inspect -f '{{.State.Pid}}' web)" -n ${command}`);

    test('undo takes back change after change, the last one first, until the host is as it was', async () => {
      const { up } = await lab.pf();
      for (const args of [
        ['set-vfs', 'enp1s0', '2'],
        ['attach', 'enp1s0:0', 'web', '--name', 'net1', '--vlan', '42', '--address', '10.99.0.1/24'],
        ['detach', 'enp1s0:0'],
      ]) {
        await lab.ok(...args);
      }
      // A VF's MAC is known to its PF only once it was up: the undone detachment finds it there.
      const { stdout } = await lab.ok('undo', '--dry-run', '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        plans: [{ kind: 'undo', undoes: expect.any(String) as string }],
      });
      expect((await lab.ok('undo', '--script')).stdout).toContain('save_record');
      await lab.ok('undo');
      expect(await lab.vf(0)).toMatchObject({ name: 'net1', vlan: { id: 42 }, addresses: ['10.99.0.1/24'] });
      expect(await lab.attachment((await lab.vf(0)).pci)).toMatchObject({ status: 'live' });
      await inWeb('ip link set net1 down');
      expect(await lab.sriov(['undo'])).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/cannot be undone: .*up state .* is false, not true/) as string,
      });
      await inWeb('ip link set net1 up');
      await lab.ok('undo');
      expect((await lab.vf(0)).holder.kind).toBe('host');
      await lab.ok('undo', '--yes');
      expect(await lab.pf()).toMatchObject({ numVfs: 0, up });
      expect(await lab.sriov(['undo'])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('no change') as string,
      });
      const kinds = (JSON.parse((await lab.ok('journal', '--json')).stdout) as { kind: string }[]).map(
        ({ kind }) => kind,
      );
      expect(kinds).toEqual(['set-vfs', 'attach', 'detach', 'undo', 'undo', 'undo']);
    });

    test('a forced change stays when it can still be reached, and else is taken back by the host', async () => {
      // Enough to make the card one that is protected; the real way to the machine is another one.
      await lab.sh(
        'ip link set enp1s0 up; ip addr add 192.0.2.1/24 dev enp1s0; ip route add default via 192.0.2.2 dev enp1s0 table 4242',
      );
      try {
        const force = ['set-vfs', 'enp1s0', '1', '--force-interface', 'enp1s0'];
        expect((await lab.sriov(['set-vfs', 'enp1s0', '1'])).stderr).toContain('default route (IPv4)');
        const plan = planChange(await readSnapshot(host), {
          ...{ kind: 'set-vfs', pf: 'enp1s0', count: 1, forceInterface: 'enp1s0' },
        });
        if (isRefusal(plan)) throw new Error(plan.reason);
        const unreachable: Host = {
          ...host,
          run: (program, options) =>
            options?.fresh ? Promise.reject(new Error('no way')) : host.run(program, options),
        };
        const report = await applyPlan(unreachable, { ...plan, guardSeconds: 4 });
        expect(report).toMatchObject({ outcome: 'undone', failure: { step: 'confirmation' } });
        expect((await lab.pf()).numVfs).toBe(0);
        await lab.ok(...force);
        expect((await lab.pf()).numVfs).toBe(1);
      } finally {
        await lab.sh('ip route flush table 4242; ip addr flush dev enp1s0');
      }
    });

    describe('an executor that was killed', () => {
      beforeAll(async () => {
        await lab.tidy();
        await lab.makeVfs(2);
      });
      beforeEach(() => lab.sh('rm -rf /var/lib/sriov-workbench/changes/*'));

      test.each(itsTurn([1, 5]))('at step %i: its change can be finished', async (at) => {
        const before = comparable(await readSnapshot(host));
        const plan = await killedAt(host, at);
        const [pending] = (await lab.inventory()).pending;
        expect(pending).toMatchObject({ undoing: false, progress: { done: at, steps: plan.steps.length } });
        expect((await lab.ok('recover', '--finish')).stdout).toContain(`Finished: ${plan.title}`);
        expect(await lab.vf(0)).toMatchObject({ name: 'net1', addresses: ['10.99.0.1/24'], up: true });
        expect((await lab.inventory()).pending).toEqual([]);
        await lab.ok('undo');
        await expect
          .poll(async () => comparable(await readSnapshot(host)).pfs, { timeout: 20_000 })
          .toEqual(before.pfs);
      });

      test('and whose namespace is gone: finishing says why not, undoing works', async () => {
        await killedAt(host, 5);
        await lab.sh(
          'docker restart -t 1 web >/dev/null; for i in $(seq 50); do [ -n "$(ls /sys/bus/pci/devices/0000:01:10.0/net)" ] && break; sleep 0.1; done',
        );
        expect(await lab.sriov(['recover', '--finish'])).toMatchObject({
          code: 3,
          stderr: expect.stringMatching(/could not be finished: The network namespace .* is gone/) as string,
        });
        await lab.ok('recover', '--undo');
        expect(await lab.vf(0)).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' } });
      });
    });
  });
}

/** Attaches VF 0 to `web`; the executor is killed in the middle of the step after `at` others. */
async function killedAt(host: Host, at: number): Promise<Plan> {
  const plan = planChange(await readSnapshot(host), {
    ...{ kind: 'attach', vf: 'enp1s0:0', container: 'web', name: 'net1', addresses: ['10.99.0.1/24'] },
    ...{ mtu: 1400, mac: '02:00:00:00:00:77' },
  });
  if (isRefusal(plan)) throw new Error(plan.reason);
  const wanted = plan.steps[at]!;
  // The first time it is killed, the second time it does its work.
  const once = `mkdir /run/killed-once 2>/dev/null && pkill -9 -f changes/.*/plan.sh`;
  const dying: Plan = {
    ...plan,
    steps: plan.steps.map((step, index) =>
      index === at ? { ...wanted, apply: ['kill_once', ...wanted.apply] } : step,
    ),
  };
  const killing: Host = {
    ...host,
    run: (program, options) =>
      host.run(
        // What is kept of the plan has only verbs that exist.
        program
          .replace('#!/bin/sh\n', `#!/bin/sh\nkill_once() { ${once}; "$@"; }\n`)
          .replaceAll('"kill_once",', ''),
        options,
      ),
  };
  await host.run('rmdir /run/killed-once');
  const report = await applyPlan(killing, dying);
  if (report.outcome !== null) throw new Error(`not killed: ${report.outcome}`);
  return plan;
}
