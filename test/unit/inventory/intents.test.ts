import { expect, test } from 'vitest';
import { keptOnHost, withKept } from '../../../src/inventory/lasting/intents';
import type { Section } from '../../../src/inventory/sections';
import { host } from '../hosts/host';
import { planned } from '../planning/planning';

const { intent } = planned(host(), {
  ...{ kind: 'keep', vf: 'enp1s0:0', container: 'fw', name: 'eth7', addresses: ['192.0.2.9/24'] },
}).keeps!;
const result = { state: 'failed', at: '2026-01-02T03:04:05Z', why: 'it is taken' };
const read = (...sections: Section[]) => keptOnHost(sections);
const file = (text: string): Section => ({ name: 'intent', body: `${text}\n` });
const units = (...active: string[]): Section => ({
  name: 'kept-watchers',
  body: active.map((engine) => `Id=sriov-workbench@${engine}.service\nActiveState=active\n`).join('\n'),
});

test('an intent is read as it was written, with its last run and whether its watcher runs', () => {
  const last = { name: `kept-result ${intent.id}`, body: `${JSON.stringify(result)}\n` };
  expect(read(file(JSON.stringify(intent)), last, units('docker'))).toEqual({
    kept: [{ intent: JSON.parse(JSON.stringify(intent)) as unknown, result, watched: true }],
    unreadable: 0,
  });
});

test('what an ordinary user can’t read, and what nobody says, is not known', () => {
  const none = { name: `kept-result ${intent.id}`, body: '' };
  expect(read(file(JSON.stringify(intent)), none, { name: 'kept-watchers', body: '' }).kept[0]).toMatchObject(
    {
      ...{ result: null, watched: null },
    },
  );
  expect(read(file(JSON.stringify(intent)), units('podman')).kept[0]).toMatchObject({ watched: false });
});

test.each([
  ['no JSON', '{'],
  ['another version', JSON.stringify({ ...intent, version: 2 })],
  ['no engine of ours', JSON.stringify({ ...intent, engine: 'lxc' })],
  ['an id that leads elsewhere', JSON.stringify({ ...intent, id: '../../passwd' })],
  ['no function', JSON.stringify({ ...intent, vf: 'enp1s0v0' })],
  ['no container', JSON.stringify({ ...intent, container: {} })],
])('a file with %s is counted, and passed over', (_, text) => {
  expect(read(file(text), file(JSON.stringify(intent)))).toMatchObject({ kept: [{ intent: { id: intent.id } }], unreadable: 1 }); // prettier-ignore
});

test('the VF says for whom it is kept', () => {
  const [pf] = withKept(host().pfs, [{ intent, result: null, watched: true }]);
  expect(pf!.vfs.map(({ keptFor }) => keptFor)).toEqual(['container fw (docker)', undefined]);
});

test('where its program was removed, that is known', () => {
  const gone = { name: `kept-program-gone ${intent.id}`, body: '' };
  expect(read(file(JSON.stringify(intent)), gone, units('docker')).kept[0]).toMatchObject({
    programGone: true,
  });
});

test('of one that comes by CDI, whether its device is there', () => {
  const byCdi = file(JSON.stringify({ ...intent, trigger: 'cdi' }));
  const devices = (body: string): Section => ({ name: 'kept-devices', body });
  expect(read(byCdi, devices('/etc/cdi/sriov-workbench-fw-eth7.json\n')).kept[0]).toMatchObject({
    watched: true,
  });
  expect(read(byCdi, devices('/etc/cdi/sriov-workbench-*.json\n')).kept[0]).toMatchObject({ watched: false });
});
