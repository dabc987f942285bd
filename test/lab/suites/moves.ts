import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sshHost } from '../../../src/host/ssh';
import type { Host } from '../../../src/host/host';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import type { ChangeRequest } from '../../../src/model/request';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { applyPlan } from '../../../src/execution/applyPlan';
import { planChange } from '../../../src/planning/plan';
import { comparable, type Lab } from '../lab';
import { itsTurn, random, seed } from '../random';

/** Moves between two containers that both have a default route of their own, and what becomes of them when something ends. */
export function moves(lab: Lab): void {
  describe('moving a VF that carries the default route', () => {
    let host: Host;
    const attach = {
      ...{ kind: 'attach' as const, vf: 'enp1s0:0', container: 'web', name: 'net1', vlan: 42, mtu: 1400 },
      ...{ addresses: ['10.99.0.1/24'], gateway: '10.99.0.254' },
    };
    const move: ChangeRequest = { ...attach, container: 'web2', move: true };
    const args = ['enp1s0:0', 'web2', '--move', '--name', 'net1', '--address', '10.99.0.1/24'];
    beforeAll(async () => {
      host = withVerbs(sshHost('sriov-lab', { configFile: lab.sshConfig }));
      await lab.tidy();
      await lab.makeVfs(1);
      await lab.sh('docker run -d --name web2 sriov-lab:busybox >/dev/null');
    });
    afterAll(async () => {
      await lab.sh('docker rm -f web2 >/dev/null');
      await host.dispose();
    });
    const plan = async (request: ChangeRequest): Promise<Plan> => {
      const made = planChange(await readSnapshot(host), request);
      if (isRefusal(made)) throw new Error(made.reason);
      return made;
    };
    const change = async (request: ChangeRequest) => {
      const report = await applyPlan(host, await plan(request));
      expect(report, JSON.stringify(report)).toMatchObject({ outcome: 'done' });
    };
    const defaultRoute = async (container: string) =>
      (
        await lab.sh(
          `nsenter -t "$(docker inspect -f '{{.State.Pid}}' ${container})" -n ip -4 route show default`,
        )
      ).trim();

    describe('between two that both have one', () => {
      let before: string[];
      const routes = async () => [await defaultRoute('web'), await defaultRoute('web2')];
      beforeAll(async () => {
        await change(attach);
        before = await routes();
        expect(before).toEqual([
          expect.stringContaining('via 10.99.0.254 dev net1'),
          expect.stringContaining('dev eth0'),
        ]);
      });
      afterAll(async () => {
        await change({ kind: 'detach', vf: 'enp1s0:0' });
        expect(await routes()).toEqual([expect.stringContaining('dev eth0'), before[1]]);
      });

      test('undo leaves both as they were', async () => {
        await lab.ok('attach', ...args, '--gateway', '10.99.0.254');
        expect(await routes()).toEqual([
          expect.stringContaining('dev eth0'),
          expect.stringContaining('via 10.99.0.254 dev net1'),
        ]);
        await lab.ok('undo');
        expect(await routes()).toEqual(before);
        expect(await lab.vf(0)).toMatchObject({ name: 'net1', holder: { name: 'web' }, vlan: { id: 42 } });
      });

      test(`a move that fails in the middle leaves both as they were: LAB_SEED=${seed} says where`, async () => {
        const moving = await plan(move);
        const was = comparable(await readSnapshot(host));
        const next = random(seed);
        const last = moving.steps.length - 1;
        for (const at of [last, Math.floor(next() * last)]) {
          const failing = withStep(moving, at, 'fail_after');
          const report = await applyPlan(host, failing);
          const what = `${moving.steps[at]!.title}: ${JSON.stringify(report)}`;
          expect(report.outcome, what).toBe('undone');
          expect(await routes(), what).toEqual(before);
          await expect
            .poll(async () => comparable(await readSnapshot(host)).pfs, { timeout: 20_000, message: what })
            .toEqual(was.pfs);
        }
      }, 300_000);
    });

    const ways: [string, string, string, { addresses: string[]; gateway: string }][] = [
      [
        'on its link',
        '-4',
        'ip route replace default dev eth0',
        { addresses: ['10.99.0.1/24'], gateway: '10.99.0.254' },
      ],
      [
        'of IPv6',
        '-6',
        'sysctl -q -w net.ipv6.conf.eth0.disable_ipv6=0; ip addr add fd77::2/64 dev eth0 nodad; ip -6 route replace default via fd77::1 dev eth0',
        { addresses: ['fd00::1/64'], gateway: 'fd00::254' },
      ],
    ];
    test.each(itsTurn(ways))('a default route %s comes back with detaching', async (_, family, make, way) => {
      const inWeb = (command: string) =>
        lab.sh(`pid=$(docker inspect -f '{{.State.Pid}}' web); nsenter -t "$pid" -n sh -c '${command}'`);
      const route = () => inWeb(`ip ${family} route show default`);
      await inWeb(make);
      const before = await route();
      await change({ ...attach, ...way });
      expect(await route()).toMatch(new RegExp(`^default via ${way.gateway} dev net1 [^\\n]*$`));
      await change({ kind: 'detach', vf: 'enp1s0:0' });
      expect(await route()).toBe(before);
      await lab.sh('docker restart -t 0 web >/dev/null');
    });

    describe('an executor that was killed in the middle, and a container that ended since', () => {
      beforeEach(() => lab.sh('rm -rf /var/lib/sriov-workbench/changes/*'));
      /** Kills the executor once the step is done, then the container. */
      const killed = async (request: ChangeRequest, step: string, container: string) => {
        const whole = await plan(request);
        const at = whole.steps.findIndex(({ title }) => title.startsWith(step));
        expect(at).toBeGreaterThan(0);
        const report = await applyPlan(host, withStep(whole, at, 'kill_after'));
        expect(report.outcome).toBeNull();
        await lab.sh(`docker kill ${container} >/dev/null`);
      };
      const recovered = async () => {
        const answer = await lab.sriov(['recover']);
        expect(answer, answer.stdout + answer.stderr).toMatchObject({ code: 0 });
        await lab.sh('docker start web web2 >/dev/null');
        const now = await lab.inventory();
        expect(now.pending).toEqual([]);
        return now;
      };
      const asItWas = { name: 'enp1s0v0', holder: { kind: 'host' }, vlan: { id: 0 }, mtu: 1500 };

      const theSource = async () => {
        await change(attach);
        await killed(move, 'Bring net1 up', 'web');
        const now = await recovered();
        expect(now.pfs[0]!.vfs[0]).toMatchObject(asItWas);
        expect(now.attachments).toEqual([]);
        expect(await defaultRoute('web2')).toContain('dev eth0');
      };

      const theTarget = async () => {
        await change(attach);
        const before = await defaultRoute('web');
        await killed(move, 'Bring net1 up', 'web2');
        const now = await recovered();
        expect(now.pfs[0]!.vfs[0]).toMatchObject({ name: 'net1', holder: { name: 'web' }, vlan: { id: 42 } });
        expect(await defaultRoute('web')).toBe(before);
        await change({ kind: 'detach', vf: 'enp1s0:0' });
      };

      const theHolder = async () => {
        await change(attach);
        await killed({ kind: 'detach', vf: 'enp1s0:0' }, 'Move net1 out of web', 'web');
        const now = await recovered();
        expect(now.pfs[0]!.vfs[0]).toMatchObject(asItWas);
        expect(now.attachments).toEqual([]);
      };

      const ends: [string, () => Promise<void>][] = [
        ['the source of a move: the VF comes back to the host from the target', theSource],
        ['the target of a move: the VF is in the source again', theTarget],
        ['the container of a detachment: the VF stays on the host', theHolder],
      ];
      test.each(itsTurn(ends))('%s', (_, end) => end());
    });
  });
}

/** The plan, with one step that goes wrong once it is done. */
const withStep = (plan: Plan, at: number, verb: 'fail_after' | 'kill_after'): Plan => ({
  ...plan,
  steps: plan.steps.map((step, index) => (index === at ? { ...step, apply: [verb, ...step.apply] } : step)),
});

/** The host, whose programs have two more verbs. */
const withVerbs = (host: Host): Host => ({
  ...host,
  run: (program, options) =>
    host.run(
      program.replace(
        '#!/bin/sh\n',
        `#!/bin/sh
fail_after() { "$@"; return 1; }
kill_after() { "$@"; pkill -9 -f changes/.*/plan.sh; }
`,
      ),
      options,
    ),
});
