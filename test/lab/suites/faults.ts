import { execa } from 'execa';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { outcomeText } from '../../../src/cli/shown/outcomeText';
import { conclude } from '../../../src/control/conclude';
import { sshHost } from '../../../src/host/ssh';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import type { Host } from '../../../src/host/host';
import type { HostSnapshot } from '../../../src/model/snapshot';
import type { Outcome } from '../../../src/model/outcome';
import { isRefusal, type Plan, type Step } from '../../../src/model/plan';
import { applyPlan } from '../../../src/execution/applyPlan';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { planMove } from '../../../src/planning/attachments/planMove';
import { planSetVfs } from '../../../src/planning/vfs/planSetVfs';
import dhcpServer from '../dhcpServer.sh';
import { comparable, type Lab } from '../lab';
import { itsTurn, random, seed, shuffled } from '../random';

/** Every kind of step that attaching has: the PF is down, the VF up with an address, the container's default route taken. */
const everything = {
  ...{ kind: 'attach' as const, vf: 'enp1s0:0', container: 'web', name: 'net1', vlan: 42, mtu: 1400 },
  ...{ mac: '02:00:00:00:00:77', addresses: ['10.99.0.1/24', 'fd00::1/64'], gateway: '10.99.0.254' },
};

export function faults(lab: Lab): void {
  describe('a change that goes wrong', () => {
    let host: Host;
    beforeAll(async () => {
      host = withFailAfter(sshHost('sriov-lab', { configFile: lab.sshConfig }));
      await lab.tidy();
      await lab.makeVfs(2);
      await lab.sh('ip link set enp1s0v0 up; ip addr add 192.0.2.7/24 dev enp1s0v0');
    });

    const attachPlan = async (): Promise<Plan> => planned(planAttach(await readSnapshot(host), everything));

    // There are many steps, and each takes seconds: what is seen over some runs is all of it.
    test(`a third of the steps of attaching, failing before it did anything or after it did all: as LAB_SEED=${seed} has it`, async () => {
      const next = random(seed);
      const plan = await attachPlan();
      const before = comparable(await readSnapshot(host));
      expect(plan.steps.length).toBeGreaterThanOrEqual(13);
      for (const [index, { title }] of shuffled([...plan.steps.entries()], next).slice(0, 4)) {
        const when = next() < 0.5 ? 'before' : 'after';
        const outcome = await run(host, sabotaged(plan, index, when));
        expect(outcome, `${title}, failing ${when}`).toMatchObject({
          status: 'undone',
          failure: { step: title },
        });
        await expectSame(host, before, `${title}, failing ${when}`, outcome);
      }
    }, 900_000);

    test('a number of VFs that fails half way: they are made again as they were, on the host, too', async () => {
      await lab.sh('ip link set enp1s0v0 mtu 1400; ip link set enp1s0 vf 1 vlan 12 qos 3');
      const now = await readSnapshot(host);
      const plan = planned(planSetVfs(now, { pf: 'enp1s0', count: 3 }));
      const create = plan.steps.findIndex(({ apply }) => apply[0] === 'set_vf_count' && apply[2] === '3');
      expect(await run(host, sabotaged(plan, create, 'after'))).toMatchObject({ status: 'undone' });
      const kept = (snapshot: HostSnapshot) =>
        snapshot.pfs[0]!.vfs.map(({ name, mac, mtu, up, addresses, vlan, spoofchk }) => ({
          ...{ name, mac, mtu, up, addresses, vlan, spoofchk },
        }));
      expect(kept(now)[0]).toMatchObject({ up: true, mtu: 1400, addresses: ['192.0.2.7/24'] });
      expect(kept(await readSnapshot(host))).toEqual(kept(now));
      await lab.sh('ip link set enp1s0v0 mtu 1500; ip link set enp1s0 vf 1 vlan 0');
    });

    test('an undo that fails is reported and stops neither the others nor the first cause; what is printed puts back the rest', async () => {
      const before = comparable(await readSnapshot(host));
      const plan = await attachPlan();
      const last = plan.steps.length - 1;
      const broken = sabotaged(plan, last, 'before');
      broken.steps[last] = {
        ...broken.steps[last]!,
        undo: ['sh', '-c', '[ ! -e /run/in-the-way ] || { echo no way back; exit 3; }'],
      };
      await lab.sh('touch /run/in-the-way');
      const outcome = await run(host, broken);
      expect(outcome).toMatchObject({
        status: 'stuck',
        failure: { step: plan.steps[last]!.title },
        stuck: [{ message: 'no way back', command: 'sriov --host sriov-lab recover' }],
      });
      expect(await lab.vf(0)).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' }, up: true });
      expect((await lab.sriov(['detach', 'enp1s0:0'])).stderr).toContain('sriov recover');
      await lab.sh('rm /run/in-the-way');
      // As a user would copy it.
      const copied = outcomeText(outcome)
        .split('\n')
        .find((line) => line.startsWith('  sriov '));
      const sriov = `sriov() { node dist/cli.js --ssh-config '${lab.sshConfig}' "$@"; }`;
      const { stdout } = await execa('sh', ['-c', `${sriov}\n${copied}`]);
      expect(stdout).toContain(`Undone: ${plan.title}`);
      await expectSame(host, before, 'recovered');
    });

    test('a step that hangs is ended at its deadline', async () => {
      const plan = await attachPlan();
      plan.steps[4] = { ...plan.steps[4]!, apply: ['sleep', '60'], timeout: 1 };
      expect(await run(host, plan)).toMatchObject({
        status: 'undone',
        failure: { message: expect.stringMatching(/^It took longer than 1 s\./) as string },
      });
    });

    test('cancelling stops at the next step and undoes', async () => {
      const plan = await attachPlan();
      const before = comparable(await readSnapshot(host));
      plan.steps[5] = { ...plan.steps[5]!, apply: ['sleep', '5'] };
      const controller = new AbortController();
      const outcome = conclude(
        plan,
        await applyPlan(host, plan, {
          signal: controller.signal,
          onProgress: (progress) => 'index' in progress && progress.index === 5 && controller.abort(),
        }),
        await readSnapshot(host),
      );
      expect(outcome).toMatchObject({ status: 'undone', failure: { step: 'cancelled' } });
      await expectSame(host, before, 'cancelled', outcome);
    });

    test('ssh killed in the middle: within ten seconds the host is as before or as asked', async () => {
      const [at] = itsTurn([1, 4, 8]);
      await lab.sh('rm -rf /var/lib/sriov-workbench/changes/*');
      const plan = await attachPlan();
      const before = comparable(await readSnapshot(host));
      const killed = { done: false, at: 0 };
      const attempt = applyPlan(host, plan, {
        onProgress: (progress) => {
          if (killed.done || !('index' in progress) || progress.index !== at) return;
          Object.assign(killed, { done: true, at: Date.now() });
          void execa('pkill', ['-9', '-f', `^ssh.*${process.env.XDG_RUNTIME_DIR}|ssh .*${lab.sshConfig}`], {
            reject: false,
          });
        },
      });
      // We connect again, and the host's journal tells how it ended.
      const report = await attempt;
      expect(killed.done).toBe(true);
      expect(Date.now() - killed.at).toBeLessThan(10_000);
      const after = await readSnapshot(host);
      expect(after.pending).toEqual([]);
      const outcome = conclude(plan, report, after);
      if (outcome.status === 'done') await lab.ok('detach', 'enp1s0:0');
      else {
        expect(outcome.status).toBe('undone');
        await expectSame(host, before, `cut at step ${at}`);
      }
    }, 300_000);

    describe('and the executor killed with no chance to undo', () => {
      beforeEach(() => lab.sh('rm -rf /var/lib/sriov-workbench/changes/*'));

      test.each(itsTurn([1, 6, 9]))(
        'at step %i: the next look finds it, changes wait, recover undoes it',
        async (at) => {
          const plan = await attachPlan();
          const before = comparable(await readSnapshot(host));
          plan.steps[at] = { ...plan.steps[at]!, apply: ['sh', '-c', 'pkill -9 -f changes/.*/plan.sh'] };
          const report = await applyPlan(host, plan);
          expect(report.outcome).toBeNull();
          const [pending] = (await lab.inventory()).pending;
          expect(pending).toMatchObject({ title: plan.title, running: false, by: 'root' });
          expect(await lab.sriov(['attach', 'enp1s0:1', 'fw'])).toMatchObject({ code: 3 });
          await lab.ok('recover');
          await expectSame(host, before, 'recovered');
        },
      );
    });

    test('a PF that was down is down again', async () => {
      await lab.sh('ip addr flush dev enp1s0v0; ip link set enp1s0v0 down; ip link set enp1s0 down');
      const now = await readSnapshot(host);
      const plan = planned(planAttach(now, { kind: 'attach', vf: 'enp1s0:1', container: 'fw' }));
      expect(plan.steps[1]!.title).toContain('Bring enp1s0 up');
      for (const index of [1, 2])
        expect(await run(host, sabotaged(plan, index, 'after'))).toMatchObject({ status: 'undone' });
      await expectSame(host, comparable(now), 'PF down');
      await lab.sh('ip link set enp1s0 up');
    });

    test('a move that fails after it gave back a DHCP lease: the container has an address and its route again', async () => {
      onTestFinished(() => lab.sh(`${dhcpServer}\nend_dhcp`).then(() => {}));
      await lab.sh(`${dhcpServer}\nserve_dhcp 7200`);
      await lab.ok('attach', 'enp1s0:1', 'fw', '--name', 'eth1', '--dhcp');
      const now = await readSnapshot(host);
      const to = { kind: 'attach', vf: 'enp1s0:1', container: 'router', name: 'eth1', dhcp: true } as const;
      const plan = planned(planMove(now, to));
      const index = plan.steps.findIndex(({ title }) => title.startsWith('Remove the route to default'));
      expect(plan.steps.slice(0, index).map(({ title }) => title)).toContain(
        'Release the DHCP lease of eth1',
      );
      const outcome = await run(host, sabotaged(plan, index, 'after'));
      expect(outcome).toMatchObject({ status: 'undone' });
      await expectSame(host, comparable(now), 'undone', outcome);
      await lab.ok('detach', 'enp1s0:1');
    });

    test('two attaches of one VF at once: one wins, the other is refused by the winner’s name', async () => {
      const both = await Promise.all([
        lab.sriov(['attach', 'enp1s0:1', 'fw', '--name', 'eth1']),
        lab.sriov(['attach', 'enp1s0:1', 'router', '--name', 'eth1']),
      ]);
      expect(both.map(({ code }) => code).sort()).toEqual([0, 3]);
      const winner = both[0].code === 0 ? 'fw' : 'router';
      expect(both.find(({ code }) => code === 3)!.stderr).toContain(`attached to container ${winner}`);
      expect((await lab.vf(1)).holder.name).toBe(winner);
      await lab.ok('detach', 'enp1s0:1');
    });

    test('a full disk is a refusal before the first change', async () => {
      const before = comparable(await lab.inventory());
      await lab.sh(
        'mkdir -p /var/lib/sriov-workbench; mount -t tmpfs -o size=8k,mode=700 tmpfs /var/lib/sriov-workbench; mkdir /var/lib/sriov-workbench/changes /var/lib/sriov-workbench/attachments 2>/dev/null; cat /dev/zero >/var/lib/sriov-workbench/fill 2>/dev/null || true',
      );
      const answer = await lab.sriov(['attach', 'enp1s0:1', 'fw']);
      await lab.sh('umount /var/lib/sriov-workbench');
      expect(answer).toMatchObject({ code: 3, stderr: expect.stringMatching(/disk full/) as string });
      expect(comparable(await lab.inventory())).toEqual(before);
    });
  });
}

const planned = (plan: ReturnType<typeof planAttach>): Plan => {
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
};

const run = async (host: Host, plan: Plan): Promise<Outcome> =>
  conclude(plan, await applyPlan(host, plan), await readSnapshot(host));

/** The plan with one step that fails, before it does anything or after it did all of it. */
function sabotaged(plan: Plan, index: number, when: 'before' | 'after'): Plan {
  const steps: Step[] = [...plan.steps];
  const step = steps[index]!;
  steps[index] = { ...step, apply: when === 'before' ? ['false'] : ['fail_after', ...step.apply] };
  return { ...plan, steps };
}

/** Gives every plan one more verb: run a step whole, then say that it failed. */
const withFailAfter = (host: Host): Host => ({
  ...host,
  run: (program, options) =>
    host.run(program.replace('#!/bin/sh\n', '#!/bin/sh\nfail_after() { "$@"; return 1; }\n'), options),
});

/**
 * Field by field. A link takes a moment to find its carrier again, so we look more than once, first at what the outcome
 * has seen.
 */
function expectSame(host: Host, before: ReturnType<typeof comparable>, what: string, outcome?: Outcome) {
  let seen = outcome && 'snapshot' in outcome ? outcome.snapshot : undefined;
  const look = async () => {
    const now = seen ?? (await readSnapshot(host));
    seen = undefined;
    return byName(comparable(now));
  };
  return expect.poll(look, { timeout: 20_000, interval: 1000, message: what }).toEqual(byName(before));
}

/** The kernel lists routes in the order of their making. */
const byName = ({ containers, ...rest }: ReturnType<typeof comparable>) => ({
  ...rest,
  containers: containers.map((c) => ({
    ...c,
    routes: [...c.routes].sort((a, b) => (a.destination + a.device < b.destination + b.device ? -1 : 1)),
  })),
});
