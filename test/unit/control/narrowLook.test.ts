import { describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { lookAt, narrowLook } from '../../../src/inventory/readSnapshot';
import type { ContainerEngine } from '../../../src/model/engines';
import type { Plan } from '../../../src/model/plan';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { host as bareHost } from '../hosts/host';
import { planned } from '../planning/planning';
import { changing, narrow, off, pf, request } from './changing';

test('a change that is as promised is seen in its own round trip', async () => {
  const { host, programs } = await changing('done', off);
  const control = createHostControl(host);
  await control.refresh();
  const outcome = await control.change(request);
  expect([outcome.status, programs]).toEqual(['done', ['look', 'look', 'change']]);
  const { snapshot } = control;
  expect(snapshot?.pfs.find(({ pci }) => pci === pf)?.driversAutoprobe).toBe(false);
  const before = (await lookAt(host)).snapshot;
  expect(snapshot?.containers.length).toBeGreaterThan(0);
  expect({ ...snapshot, takenAt: '' }).toEqual({ ...before, takenAt: '' });
});

test.each<[string, Parameters<typeof changing>, string]>([
  ['it is not as promised, after all', ['done', off, narrow], 'done'],
  ['it is not as promised', ['done', (now) => now], 'mismatch'],
  ['it was undone', ['undone', (now) => now], 'undone'],
  ['the answer was cut short', ['done', off, (now) => narrow(off(now)).slice(0, -1)], 'done'],
  ['nothing was said but the outcome', ['done', off, () => []], 'done'],
])('the whole host tells where %s', async (_, [outcome, after, seen], status) => {
  const { host, programs } = await changing(outcome, after, seen);
  expect((await createHostControl(host).change(request)).status).toBe(status);
  expect(programs.slice(0, 3)).toEqual(['first', 'change', 'look']);
});

describe('what a narrow look says is put into the look before', () => {
  const plan = (inode: number) =>
    ({ namespace: { inode, path: '/proc/7/ns/net', owner: null }, promises: [] }) as unknown as Plan;
  const looked = async () => lookAt((await changing('done', (now) => now, narrow, 'big')).host);
  const none = '[]\n[]\n[]\n';
  const end = { name: 'end', body: '' };

  test('a namespace that it was in is as it says, any other as before', async () => {
    const before = await looked();
    const [first, second] = before.snapshot.namespaces;
    expect(second).toBeDefined();
    const { program, onto } = narrowLook(before, plan(first!.inode));
    expect(program).toMatch(new RegExp(`^narrow .*\\b${first!.inode}\\b`, 'm'));
    const heading = `namespace ${first!.inode} ${first!.path}`;
    const { sections } = onto([{ name: heading, body: none }, end]);
    expect(sections.filter(({ name }) => name === heading).map(({ body }) => body)).toEqual([none]);
    const untouched = before.snapshot.namespaces.filter(
      ({ inode }) => !new RegExp(`^narrow .*\\b${inode}\\b`, 'm').test(program),
    );
    for (const { inode, path } of untouched)
      expect(sections).toContainEqual(
        before.sections.find(({ name }) => name === `namespace ${inode} ${path}`),
      );
  });

  test('a namespace that it did not find is gone', async () => {
    const before = await looked();
    const { inode } = before.snapshot.namespaces[0]!;
    const { snapshot } = narrowLook(before, plan(inode)).onto([end]);
    expect(snapshot.namespaces.map((other) => other.inode)).not.toContain(inode);
  });

  test('the engines and the system are as before; records and devices only as it says', async () => {
    const before = await looked();
    const { snapshot } = narrowLook(before, plan(1)).onto([end]);
    expect(snapshot.host).toEqual(before.snapshot.host);
    expect(snapshot.engines).toEqual(before.snapshot.engines);
    expect(snapshot.containers.map(({ id }) => id)).toEqual(before.snapshot.containers.map(({ id }) => id));
    expect([snapshot.pfs, snapshot.links, snapshot.attachments]).toEqual([[], [], []]);
  });

  test('the VFs that are kept for containers are those that it names', async () => {
    const before = await looked();
    const keep = { kind: 'keep', vf: 'enp1s0:0', container: 'fw' } as const;
    const intent = planned(bareHost(), keep).keeps!.intent;
    const file = (id: string) => ({ name: 'intent', body: JSON.stringify({ ...intent, id }) });
    const then = { ...before, sections: [...before.sections, file('one'), file('two')] };
    const { snapshot } = narrowLook(then, plan(1)).onto([file('two'), end]);
    expect(snapshot.kept.map(({ intent: { id } }) => id)).toEqual(['two']);
  });

  test('of adapters, what was touched is as it says, any other as before', async () => {
    const before = await looked();
    const [touched, other] = before.snapshot.pfs;
    const vf = touched?.vfs[0];
    expect(vf && other).toBeDefined();
    const { program, onto } = narrowLook(before, { locks: [{ pci: vf!.pci }] });
    expect(program).toMatch(new RegExp(`^narrow ${touched!.pci} -- `, 'm'));
    const folder = `/sys/bus/pci/devices/${touched!.pci}`;
    const files = `${folder}/sriov_totalvfs:4\n${folder}/sriov_numvfs:0\n`;
    const devices = before.sections.find(({ name }) => name === 'host-devices')!;
    const { snapshot } = onto([{ name: 'sysfs', body: files }, { name: 'links', body: '' }, devices, end]);
    expect(snapshot.pfs.find(({ pci }) => pci === touched!.pci)).toMatchObject({ totalVfs: 4, vfs: [] });
    const { numVfs, vfs } = snapshot.pfs.find(({ pci }) => pci === other!.pci)!;
    expect({ numVfs, vfs: vfs.length }).toEqual({ numVfs: other!.numVfs, vfs: other!.vfs.length });
  });

  test('where it is not known whose a lock is, every adapter is looked at', async () => {
    const { program } = narrowLook(await looked(), { locks: [{ pci: 'configuration' }] });
    expect(program).toMatch(/^narrow -- /m);
  });

  test('where every namespace is looked at, those of before are gone', async () => {
    const before = await looked();
    const { program, onto } = narrowLook(before, { everyNamespace: true });
    expect(program).toMatch(/^narrow -- all *$/m);
    expect(onto([end]).snapshot.namespaces).toEqual([]);
  });

  test('an engine that was touched is as it says, another one as before', async () => {
    const before = await looked();
    const of = (engine: string, { containers }: HostSnapshot) =>
      containers.filter((one) => one.engine === engine).map(({ id }) => id);
    const [engine, other] = ['docker', 'podman', 'containerd'].filter(
      (name) => of(name, before.snapshot).length > 0,
    ) as [ContainerEngine, string | undefined];
    const { onto } = narrowLook(before, { engines: [engine] });
    const { snapshot } = onto([
      { name: `engine ${engine}`, body: 'failed it was stopped' },
      { name: `socket ${engine}`, body: '' },
      end,
    ]);
    expect(of(engine, snapshot)).toEqual([]);
    expect(snapshot.engines.find((one) => one.engine === engine)?.status).toBe('error');
    if (other) expect(of(other, snapshot)).toEqual(of(other, before.snapshot));
  });
});
