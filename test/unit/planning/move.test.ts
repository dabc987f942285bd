import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/model/container';
import type { Plan } from '../../../src/model/plan';
import type { AttachRequest } from '../../../src/model/request';
import { unwrap } from '../../../src/model/verbs';
import { afterPlan } from './afterPlan';
import { container, host } from '../hosts/host';
import { planned, refused } from './planning';

/** Two containers that both have a default route, and a VF that carries the one of the first. */
const onBridge = (name: string, gateway: string): Container => ({
  ...container(name, { networkMode: 'bridge' }),
  interfaces: [{ name: 'eth0', mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: null }],
  routes: [{ destination: 'default', family: 4, gateway, device: 'eth0', metric: null }],
});
const start = host({ containers: [onBridge('web', '172.17.0.1'), onBridge('web2', '172.18.0.1')] });
const attach: AttachRequest & { kind: 'attach' } = {
  ...{ kind: 'attach', vf: 'enp1s0:0', container: 'web', name: 'net1' },
  ...{ addresses: ['10.0.0.2/24'], gateway: '10.0.0.1' },
};
const attached = afterPlan(start, planned(start, attach));
const move = planned(attached, { ...attach, container: 'web2', move: true });

/** What becomes of the default route of each container, by the commands that are run. */
function routesAfter(argvs: Plan['steps'][0]['apply'][]): { source: string; target: string } {
  const routes = { source: 'via 10.0.0.1 dev net1', target: 'via 172.18.0.1 dev eth0' };
  for (const argv of argvs) {
    const { verb, args, atSource } = unwrap(argv);
    if (verb !== 'ip' || args[1] !== 'route') continue;
    const [, , act, ...rest] = args;
    routes[atSource ? 'source' : 'target'] = act === 'flush' ? '' : rest.slice(1).join(' ');
  }
  return routes;
}
const applied = move.steps.map(({ apply }) => apply);
const undone = (from: number) =>
  move.steps.slice(0, from).reverse().flatMap(({ undo }) => (undo === 'none' ? [] : [undo])); // prettier-ignore

test('the default route goes along, and the source has the one of before', () => {
  expect(routesAfter(applied)).toEqual({
    source: 'via 172.17.0.1 dev eth0',
    target: 'via 10.0.0.1 dev net1',
  });
});

test.each(move.steps.map(({ title }, index) => [index + 1, title] as const))(
  'failing at step %i (%s), it leaves both default routes as they were',
  (failed) => {
    expect(routesAfter([...applied.slice(0, failed), ...undone(failed)])).toEqual(routesAfter([]));
  },
);

/** As an earlier version wrote it: the way back from the source's own route was not at the source. */
const older: Plan = {
  ...move,
  steps: move.steps.map((step) =>
    step.undo !== 'none' && step.undo.includes('while_there')
      ? { ...step, undo: step.undo.slice(1) as typeof step.undo }
      : step,
  ),
};

test.each([
  ['a move', move],
  ['a move of an earlier version', older],
])('taking back %s leaves both default routes as they were', (_, plan) => {
  const undo = planned(afterPlan(attached, plan), { kind: 'undo' });
  expect(routesAfter([...applied, ...undo.steps.map(({ apply }) => apply)])).toEqual(routesAfter([]));
  expect(undo.from).toEqual(plan.from);
});

describe('taking back a move whose source', () => {
  const moved = afterPlan(attached, move);
  const web = (more: Partial<Container>) => ({
    ...moved,
    containers: moved.containers.map((one) => (one.name === 'web' ? { ...one, ...more } : one)),
  });

  test.each([
    ['was restarted', web({ netnsInode: 4026539999 }), 'the network namespace that web had is gone'],
    [
      'has stopped',
      web({ state: 'exited', pid: null, netnsInode: null }),
      'the network namespace that web had is gone',
    ],
    [
      'was removed',
      { ...moved, containers: moved.containers.filter(({ name }) => name !== 'web') },
      `network namespace ${move.from?.inode} is gone`,
    ],
  ])('%s is refused, and says what can be done', (_, snapshot, what) => {
    expect(refused(snapshot, { kind: 'undo' })).toBe(
      `stale: "${move.title}" cannot be undone: ${what}. Detach the VF instead.`,
    );
  });

  test('has ended, while something holds its namespace, goes back into that', () => {
    const namespaces = [{ inode: move.from!.inode, path: '/run/netns/x' }];
    const undo = planned({ ...web({ netnsInode: null }), namespaces }, { kind: 'undo' });
    expect(undo.from).toEqual(move.from);
  });
});

test('the test has an older plan', () => {
  expect(older).not.toEqual(move);
});
