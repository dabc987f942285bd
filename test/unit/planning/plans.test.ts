import { describe, expect, test } from 'vitest';
import { planText } from '../printed';
import { isRefusal, type Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { planRestores } from '../../../src/planning/plan';
import { renderProgram } from '../../../src/execution/render';
import { container, host, link, onHost, pf, vf } from '../hosts/host';
import { attached, busy, everything, returned } from './attachedHost';
import { planned, refused } from './planning';

describe('plans, as they are shown', () => {
  test.each<[string, () => Plan]>([
    ['attach-plain', () => planned(host(), { kind: 'attach', vf: '0000:01:10.2', container: 'fw' })],
    ['attach-everything', () => planned(busy, everything)],
    ['detach-everything', () => planned(attached(), { kind: 'detach', vf: 'enp1s0:0' })],
    ['restore-everything', () => planRestores(returned())[0]!],
    [
      'set-vfs-from-0',
      () => planned(host({ pfs: [pf([], { up: false })] }), { kind: 'set-vfs', pf: 'enp1s0', count: 4 }),
    ],
    ['set-vfs-from-2', () => planned(host(), { kind: 'set-vfs', pf: 'enp1s0', count: 4 })],
    ['set-vfs-to-0', () => planned(host(), { kind: 'set-vfs', pf: '0000:01:00.0', count: 0 })],
  ])('%s', async (name, make) => {
    await expect(`${planText(make())}\n`).toMatchFileSnapshot(`../../fixtures/plans/${name}.txt`);
  });

  test('every step can be undone', () => {
    for (const plan of [
      planned(busy, everything),
      planned(attached(), { kind: 'detach', vf: 'enp1s0:0' }),
      ...planRestores(returned()),
    ])
      expect(plan.steps.filter((step) => step.undo === 'none')).toEqual([]);
  });
});

describe('refusals', () => {
  const holder = { kind: 'container' as const, containerId: 'x', netnsInode: 1, name: 'fw' };
  const attach = (more: Partial<ChangeRequest> = {}): ChangeRequest =>
    ({ kind: 'attach', vf: 'enp1s0:0', container: 'fw', ...more }) as ChangeRequest;
  const setVfs = (count: number): ChangeRequest => ({ kind: 'set-vfs', pf: 'enp1s0', count });

  test.each<[string, HostSnapshot, ChangeRequest, RegExp]>([
    [
      'a paused change',
      host({
        pending: [
          {
            ...{ id: '1', title: 'Attach', startedAt: null, by: null, running: false, beforeBoot: false },
            ...{ progress: { done: 3, steps: 8 }, undoing: false, request: null },
          },
        ],
      }),
      attach(),
      /^pending-change/,
    ],
    [
      'VFio',
      host({ pfs: [pf([vf(0, { driver: 'vfio-pci', name: null, holder: { ...onHost, kind: 'vfio' } })])] }),
      attach(),
      /^in-use: .*vfio-pci/,
    ],
    [
      'a VF without a driver',
      host({ pfs: [pf([vf(0, { driver: null, name: null, holder: { ...onHost, kind: 'none' } })])] }),
      attach(),
      /^no-netdev: .*no driver/,
    ],
    [
      'a protected VF',
      host({ pfs: [pf([vf(0, { protectedBecause: ['it carries this ssh connection'] })])] }),
      attach(),
      /^protected: .*could cut off your access/,
    ],
    [
      'a container whose namespace is not known',
      host({ containers: [container('fw', { netnsInode: null })] }),
      attach(),
      /^unknown-state/,
    ],
    [
      'a container that joined the host’s namespace',
      host({ containers: [container('fw', { netnsInode: 4026531840 })] }),
      attach(),
      /^host-network/,
    ],
    [
      'two engines with a container of one name',
      host({ containers: [container('fw'), container('fw', { engine: 'podman', id: 'f'.repeat(64) })] }),
      attach(),
      /^ambiguous: .*matches 2 containers/,
    ],
    [
      'an id prefix of two',
      host({ containers: [container('a', { id: 'abc1' }), container('b', { id: 'abc2' })] }),
      attach({ container: 'abc' }),
      /^ambiguous/,
    ],
    ['an empty name', host(), attach({ container: '' }), /^unknown-container/],
    ['a name with a space', host(), attach({ name: 'a b' }), /^invalid/],
    [
      'counting with a VF in a container',
      host({ pfs: [pf([vf(0, { holder })])] }),
      setVfs(4),
      /^in-use: .*container fw/,
    ],
    [
      'counting with a VF that cannot be seen',
      host({ pfs: [pf([vf(0, { name: null, holder: { ...onHost, kind: 'none' } })])] }),
      setVfs(4),
      /^unknown-state/,
    ],
    [
      'counting on a protected PF',
      host({ pfs: [pf([], { protectedBecause: ['it carries this ssh connection'] })] }),
      setVfs(4),
      /^protected/,
    ],
    [
      'counting on a PF without a driver',
      host({ pfs: [pf([], { driver: null, name: null })] }),
      { kind: 'set-vfs', pf: '0000:01:00.0', count: 1 },
      /^no-netdev/,
    ],
    ['more than there can be', host(), setVfs(8), /^limit: .*at most 7/],
    ['a VF as a PF', host(), { kind: 'set-vfs', pf: 'enp1s0v0', count: 1 }, /^no-sriov: .*virtual function/],
    ['detaching from nowhere', host(), { kind: 'detach', vf: 'enp1s0:1' }, /^nothing-to-do/],
  ])('%s', (_, snapshot, request, wanted) => {
    expect(refused(snapshot, request)).toMatch(wanted);
  });

  test('an exact name wins over an id prefix', () => {
    const snapshot = host({
      containers: [container('abc', { id: '1'.repeat(64) }), container('b', { id: `abc${'0'.repeat(61)}` })],
    });
    expect(planned(snapshot, attach({ container: 'abc' })).title).toContain('abc');
  });
  test('the typed name lifts the protection of that interface only', () => {
    const snapshot = host({ pfs: [pf([], { protectedBecause: ['it carries this ssh connection'] })] });
    expect(refused(snapshot, { ...setVfs(4), forceInterface: 'eth0' })).toMatch(/^protected/);
    expect(planned(snapshot, { ...setVfs(4), forceInterface: 'enp1s0' }).steps).toHaveLength(2);
  });
});

describe('what belongs together', () => {
  test('the PF goes down with the last attachment that needed it', () => {
    const first = attached();
    const takesPfDown = (snapshot: HostSnapshot) =>
      planned(snapshot, { kind: 'detach', vf: 'enp1s0:0' }).steps.some(
        (step) => step.title === 'Bring enp1s0 down',
      );
    expect(takesPfDown(first)).toBe(true);
    const two = {
      ...first,
      pfs: [
        pf([
          first.pfs[0]!.vfs[0]!,
          vf(1, { holder: { ...onHost, kind: 'container', name: 'fw', netnsInode: 7 } }),
        ]),
      ],
    };
    expect(takesPfDown(two)).toBe(false);
  });
  test('a second attachment inherits that the PF is up on our behalf', () => {
    const plan = planAttach(
      { ...attached(), containers: [...attached().containers, container('fw')] },
      { kind: 'attach', vf: 'enp1s0:1', container: 'fw' },
    );
    expect(isRefusal(plan) ? plan : JSON.parse(plan.steps[0]!.apply[2]!)).toMatchObject({
      pfBroughtUp: true,
    });
  });
  test('a VF that another program attached keeps its settings, after a confirmation', () => {
    const foreign = planned({ ...attached(), attachments: [] }, { kind: 'detach', vf: 'enp1s0:0' });
    expect(foreign).toMatchObject({
      losses: [expect.stringContaining('net1')],
      notes: [expect.stringContaining('not attached by SR-IOV Workbench')],
    });
  });
});

describe('a VF that is attached', () => {
  const detach: ChangeRequest = { kind: 'detach', vf: 'enp1s0v0' };

  test('is found by its name on the host', () => {
    expect(planned(attached(), detach).title).toBe('Detach VF 0 of enp1s0 from web');
  });

  test('unless another device has that name meanwhile', () => {
    const taken = { ...attached(), links: [link('enp1s0v0', { kind: 'dummy' })] };
    expect(refused(taken, detach)).toMatch(/^unknown-function: /);
  });
});

describe('a change of a protected interface', () => {
  const because = { protectedBecause: ['it carries this ssh connection'] };
  const snapshot = host({ pfs: [pf([], because)] });
  const setVfs: ChangeRequest = { kind: 'set-vfs', pf: 'enp1s0', count: 2, forceInterface: 'enp1s0' };

  test('is taken back by the host unless the client keeps it', () => {
    const plan = planned(snapshot, setVfs);
    expect(plan.guardSeconds).toBe(60);
    expect(plan.notes.at(-1)).toContain('undone after 60 s');
    expect(renderProgram(plan, 'c1')).toContain('\nguard=60\n');
  });
  test('that no name had to be typed for isn’t', () => {
    const plan = planned(host({ pfs: [pf([])] }), setVfs);
    expect(plan.guardSeconds).toBeUndefined();
    expect(renderProgram(plan, 'c1')).toContain('\nguard=\n');
  });
});
