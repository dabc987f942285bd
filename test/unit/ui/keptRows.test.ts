import { describe, expect, test } from 'vitest';
import type { Kept } from '../../../src/model/lasting/kept';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { plain } from '../../../src/ui/arranging/arrangement';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import { linesOf } from '../../../src/ui/tree/facts';
import type { Row } from '../../../src/ui/tree/row';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { failed, keeping, keptOne } from './keptHost';

const stopped = container('fw', { state: 'exited', pid: null, netnsInode: null });
const idle = (...containers: HostSnapshot['containers']) =>
  bareHost({ containers, pfs: [pf([vf(0), vf(1)])] });
const vfRowOf = (snapshot: HostSnapshot): Row => adapterRows(snapshot)[0]!.children[0]!;
const flat = (rows: Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children)]);
const rowIn = (snapshot: HostSnapshot, label: string) =>
  flat(containerRows(snapshot)).find((row) => row.label === label);

describe('the row of a VF that is kept', () => {
  test.each<[string, HostSnapshot, Kept, icon: string, says: string]>([
    ['attached', hostWithAttachment(), keptOne(), 'pinned', 'enp1s0v0 → fw:eth1 · kept · 192.0.2.10/24'],
    ['waiting', idle(stopped), keptOne(), 'pin', 'enp1s0v0 · kept, waiting for container fw'],
    [
      'waiting for one that is not there',
      idle(),
      keptOne(),
      'pin',
      'enp1s0v0 · kept, waiting for container fw',
    ],
    [
      ...['not there yet', idle(container('fw')), keptOne(), 'pin'],
      'enp1s0v0 · kept for container fw, which runs without it',
    ] as [string, HostSnapshot, Kept, string, string],
    [
      ...['failed', idle(container('fw')), keptOne({}, failed('it is used by br0')), 'warning'],
      'enp1s0v0 · kept for container fw, failed: it is used by br0',
    ] as [string, HostSnapshot, Kept, string, string],
    [
      ...['taken', hostWithAttachment(), keptOne({ container: { name: 'router' } }), 'warning'],
      'enp1s0v0 → fw:eth1 · kept for container router, taken by fw · 192.0.2.10/24',
    ] as [string, HostSnapshot, Kept, string, string],
    [
      ...['attached for the last time', hostWithAttachment(), keptOne({}, { watched: false }), 'warning'],
      'enp1s0v0 → fw:eth1 · kept for container fw, but sriov-workbench@docker.service does not run · 192.0.2.10/24',
    ] as [string, HostSnapshot, Kept, string, string],
  ])('%s', (_, snapshot, kept, icon, says) => {
    const row = vfRowOf(keeping(snapshot, kept));
    expect({ icon: row.icon.id, says: row.description }).toEqual({ icon, says });
    expect(row.context).toContain(';kept;');
    expect(row.spoken).toContain(says.slice(says.indexOf('kept')).split(' · ')[0]);
  });

  test('one that isn’t kept has no pin', () => {
    const row = vfRowOf(hostWithAttachment());
    expect([row.icon.id, row.context, row.description]).toEqual([
      ...['plug', ';vf;attached;netdev;', 'enp1s0v0 → fw:eth1 · 192.0.2.10/24'],
    ]);
  });

  test('one that came back and is not restored yet says that', () => {
    const snapshot = idle(stopped);
    const { attachments } = hostWithAttachment();
    const back = attachments.map((one) => ({ ...one, status: 'returned-not-restored' as const }));
    expect(vfRowOf(keeping({ ...snapshot, attachments: back }, keptOne())).icon.id).toBe('warning');
  });

  test('its tooltip says for whom, by what, and how the last run ended', () => {
    const kept = keptOne({ container: { labels: { app: 'fw' } } }, failed('no answer'));
    const lines = linesOf(vfRowOf(keeping(idle(), kept)).tooltip);
    expect(lines).toContain('Kept Attached');
    expect(lines).toContainEqual(['For', 'containers with the label app=fw (docker)']);
    expect(lines).toContainEqual(['Attached by', 'watcher']);
    expect(lines).toContainEqual(['Last run', '2026-01-02T03:04:05Z, failed: no answer']);
  });
});

describe('the containers', () => {
  test('what a container has and keeps has the pin', () => {
    expect(rowIn(keeping(hostWithAttachment(), keptOne()), 'eth1')).toMatchObject({
      ...{ icon: { id: 'pinned' }, context: ';att;ours;kept;' },
      description: 'VF 0 of enp1s0 · kept · 192.0.2.10/24',
    });
  });

  test('one that does not have it now shows what it waits for', () => {
    const fw = rowIn(keeping(idle(stopped), keptOne()), 'fw');
    expect(fw?.children).toMatchObject([
      { label: 'eth1', context: ';kept;', subject: { kind: 'kept', ids: ['fw-eth1'] }, icon: { id: 'pin' } },
    ]);
    expect(fw?.children[0]?.description).toBe('VF 0 of enp1s0 · kept, waiting for container fw');
  });

  test('one that is not there has a row with all that is kept for it, on a host without containers, too', () => {
    const kept = [keptOne(), keptOne({ id: 'fw-eth2', inside: 'eth2', vf: '0000:01:10.2', index: 1 })];
    const [docker, ...others] = containerRows(keeping(idle(), ...kept));
    expect(others).toEqual([]);
    expect(docker?.children).toMatchObject([
      {
        ...{ label: 'fw', description: 'kept, not running here', context: ';absent;kept;' },
        spoken: 'container fw, kept, not running here',
        subject: { kind: 'kept', ids: ['fw-eth1', 'fw-eth2'] },
        children: [{ label: 'eth1' }, { label: 'eth2' }],
      },
    ]);
  });

  test.each([
    [{ labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' } }, 'shop/web'],
    [{ labels: { app: 'fw' } }, 'app=fw'],
  ])('%o is named as a person says it', (meant, label) => {
    const row = rowIn(keeping(idle(container('router')), keptOne({ container: meant })), label);
    expect(row?.children.map((one) => one.label)).toEqual(['eth1']);
  });

  test('one that is known by a label is attached where the last run says so, and has no row of its own then', () => {
    const result = { state: 'attached' as const, at: '2026-01-02T03:04:05Z', why: '' };
    const now = keeping(hostWithAttachment(), keptOne({ container: { labels: { app: 'fw' } } }, { result }));
    expect(vfRowOf(now).icon.id).toBe('pinned');
    expect(rowIn(now, 'app=fw')).toBeUndefined();
  });

  test('a VF that does not exist now is named all the same', () => {
    const now = keeping(bareHost({ pfs: [pf([])], containers: [stopped] }), keptOne());
    expect(rowIn(now, 'eth1')).toMatchObject({
      icon: { id: 'warning' },
      description:
        'VF 0 of enp1s0 · kept for container fw, failed: VF 0 of enp1s0 does not exist: it has 0 VFs',
    });
  });

  test('a filter finds it by what is kept, and leaves it out where only what runs is wanted', () => {
    const now = keeping(idle(container('router')), keptOne({ inside: 'wan' }));
    const labels = (filter: string) => flat(containerRows(now, { ...plain, filter })).map((row) => row.label);
    expect(labels('wan')).toEqual(['Docker', 'fw', 'wan']);
    expect(labels('enp1s0v0')).toEqual(['Docker', 'fw', 'wan']);
    expect(labels('other')).toEqual([]);
    expect(labels('is:running')).toEqual(['Docker', 'router']);
  });

  test('rows of one host have ids of their own', () => {
    const labelled = keptOne({ id: 'app-fw', container: { labels: { app: 'fw' } }, vf: vf(1).pci, index: 1 });
    const ids = flat(containerRows(keeping(idle(stopped), keptOne(), labelled))).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
