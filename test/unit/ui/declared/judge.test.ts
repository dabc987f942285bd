import { beforeAll, describe, expect, test } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { loadDeclared } from '../../../../src/planning/declared/load';
import { judge } from '../../../../src/ui/declared/judge';
import { lensTexts } from '../../../../src/ui/declared/lensTexts';
import { CurrentHost } from '../../../../src/ui/hosts/currentHost';
import { container, host, pf, vf } from '../../hosts/host';
import { FakeControl } from '../fakeControl';

const adapter = 'version: 1\nadapters:\n- nicSelector: {rootDevices: ["0000:01:00.0"]}\n';
const lab = (id = 'lab', hostname = 'lab') => {
  const one = host({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });
  return { ...one, host: { ...one.host, id, hostname } };
};
async function connected(...ids: string[]) {
  const controls = new Map(ids.map((id) => [id, new FakeControl(id, lab(id, `${id}.example`))]));
  const hosts = new CurrentHost(
    (id) => controls.get(id)!,
    undefined,
    () => true,
  );
  for (const id of ids) await hosts.connect(id);
  return { hosts, controls };
}
const judged = (text: string, hosts: CurrentHost, usually?: string) =>
  judge(readDeclared(text), hosts, usually);
const said = (text: string, hosts: CurrentHost) =>
  lensTexts('file:///sriov.yaml', judged(text, hosts)).map(({ title, command }) => `${title} → ${command}`);

beforeAll(loadDeclared);

describe('a file that is open', () => {
  test('its own errors need no host', async () => {
    const { hosts } = await connected();
    const text = `${adapter}  numVFs: 4\n`;
    expect(judged(text, hosts).marks).toEqual([
      { line: 4, column: 3, text: '"numVFs" is not a key here.', severity: 'error' },
    ]);
    expect(said(text, hosts)).toEqual(['1 problem → editor.action.marker.next']);
  });

  test('without a host, or with another one, nothing is said of it', async () => {
    const { hosts } = await connected();
    expect(said(adapter, hosts)).toEqual(['No host is connected. → sriov.host.connect']);
    const other = (await connected('lab')).hosts;
    const text = `${adapter}  numVfs: 900\nhost: r740\n`;
    expect(judged(text, other)).toEqual({ marks: [], compared: { kind: 'elsewhere', host: 'r740' } });
    expect(said(text, other)).toEqual(['For r740, which is not connected. → sriov.host.connect']);
  });

  test('what the host can’t have is marked where the file asks for it', async () => {
    const { hosts } = await connected('lab');
    const text = `${adapter}  numVfs: 900\nattachments:\n- container: {name: gone}\n  vf: enp1s0#0\n`;
    const { marks } = judged(text, hosts);
    expect(marks.map(({ line, column, severity }) => [line, column, severity])).toEqual([
      [6, 14, 'error'],
      [4, 11, 'error'],
    ]);
    expect(marks[0]?.text).toBe('There is no container "gone" on lab; there are: fw.');
    expect(marks[1]?.text).toContain('cannot have 900 VFs');
    expect(said(text, hosts)).toEqual(['Not possible on lab: 2 problems → editor.action.marker.next']);
  });

  test('a name of an adapter is a warning, and doesn’t keep it from being compared', async () => {
    const { hosts } = await connected('lab');
    const { marks, compared } = judged('version: 1\nadapters:\n- nicSelector: {pfNames: [enp1s0]}\n', hosts);
    expect(marks.map(({ line, severity }) => [line, severity])).toEqual([[3, 'warning']]);
    expect(compared.kind).toBe('compared');
  });

  test('what differs is counted, and nothing is nothing', async () => {
    const { hosts } = await connected('lab');
    expect(said(`${adapter}  vfGroups:\n  - {vfRange: "0-1", vlan: 5}\n`, hosts)).toEqual([
      'Plan → sriov.declared.plan',
      'Apply → sriov.declared.apply',
      '2 differences on lab → sriov.declared.plan',
    ]);
    expect(said(`${adapter}  numVfs: 2\n`, hosts)).toEqual(['lab is as declared. → sriov.declared.plan']);
  });

  test('of several hosts it is the one that it names, else the one of the settings, else the current one', async () => {
    const { hosts } = await connected('one', 'two');
    const of = (text: string, usually?: string) => {
      const { compared } = judged(text, hosts, usually);
      return 'host' in compared && compared.host;
    };
    expect(of(`${adapter}host: one\n`)).toBe('one');
    expect(of(`${adapter}host: one.example\n`, 'two')).toBe('one');
    expect(of(adapter, 'one')).toBe('one');
    expect(of(adapter, 'three')).toBe('three');
    expect(judged(adapter, hosts, 'three').compared.kind).toBe('elsewhere');
    expect(of(adapter)).toBe('two');
    const lens = lensTexts('file:///sriov.yaml', judged(`${adapter}host: one\n  `, hosts))[0];
    expect(lens?.words).toEqual([{ file: 'file:///sriov.yaml', host: 'one' }]);
  });

  test('without root, or when the host is lost, it isn’t compared', async () => {
    const { hosts, controls } = await connected('lab');
    controls.get('lab')!.become({ state: 'limited' });
    expect(said(`${adapter}  numVfs: 900\n`, hosts)).toEqual([
      'Turn On Administrative Access → sriov.access.elevate',
    ]);
    controls.get('lab')!.become({ state: 'lost', reason: '', since: '', detail: '' });
    expect(said(`${adapter}  numVfs: 900\n`, hosts)).toEqual([
      'Not connected to lab. → sriov.host.reconnect',
    ]);
  });
});
