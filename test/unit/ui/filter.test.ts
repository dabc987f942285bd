import { describe, expect, test } from 'vitest';
import { plain } from '../../../src/ui/arranging/arrangement';
import { toggled } from '../../../src/ui/arranging/filter';
import { filterState } from '../../../src/ui/arranging/filterState';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import { changedRows } from '../../../src/ui/tree/diff';
import type { HostSnapshot } from '../../../src/model/snapshot';
import type { Row } from '../../../src/ui/tree/row';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { snapshotOf } from '../recorded/recording';

/** enp1s0 with VF 0 in `fw`, VF 1 free, VF 2 in VLAN 42, and a second adapter without any. */
function twoAdapters(): HostSnapshot {
  const base = hostWithAttachment();
  const inVlan = vf(2, { vlan: { id: 42, qos: 0, proto: '802.1Q' } });
  const [first] = base.pfs;
  return {
    ...base,
    pfs: [
      pf([...(first?.vfs ?? []), inVlan]),
      pf([], { pci: '0000:42:00.0', name: 'enp66s0', mac: '52:54:00:aa:00:02' }),
    ],
    containers: [...base.containers, container('old', { state: 'exited', composeProject: 'shop' })],
  };
}

const labels = (rows: Row[]): string[] => rows.flatMap(({ label, children }) => [label, ...labels(children)]);
const shown = (filter: string, snapshot = twoAdapters()) => ({
  adapters: labels(adapterRows(snapshot, { ...plain, filter })),
  containers: labels(containerRows(snapshot, { ...plain, filter })),
});

describe('what is typed finds', () => {
  test.each([
    ['the container that has it', 'fw', ['enp1s0', 'VF 0']],
    ['its name on the host', 'enp1s0v0', ['enp1s0', 'VF 0']],
    ['its name inside', 'ETH1', ['enp1s0', 'VF 0']],
    ['its MAC', '02:00:00:00:00:01', ['enp1s0', 'VF 1']],
    ['its MAC without colons', '020000000001', ['enp1s0', 'VF 1']],
    ['its PCI address', '01:10.4', ['enp1s0', 'VF 2']],
    ['its address', '192.0.2.10', ['enp1s0', 'VF 0']],
    ['its VLAN', 'vlan:42', ['enp1s0', 'VF 2']],
    ['its VLAN as people write it', 'VLAN 42', ['enp1s0', 'VF 2']],
    ['whatever is in a VLAN', 'vlan', ['enp1s0', 'VF 2']],
    ['an adapter with all it has', 'enp1s0', ['enp1s0', 'VF 0', 'VF 1', 'VF 2']],
    ['an adapter without VFs', 'enp66', ['enp66s0']],
    ['several words, in any order', 'vf enp1s0 fw', ['enp1s0', 'VF 0']],
    ['the free ones', 'is:free', ['enp1s0', 'VF 1', 'VF 2']],
    ['the free ones among others', 'is:free vlan:42', ['enp1s0', 'VF 2']],
    ['nothing where a word is missing', 'fw nowhere', []],
    ['no part of a VLAN', 'vlan:4', []],
  ])('%s', (_, filter, expected) => {
    expect(shown(filter).adapters).toEqual(expected);
  });

  test.each([
    ['a container', 'router', ['Docker', 'router']],
    ['it by its VF', '0000:01:10.0', ['Docker', 'fw', 'eth1']],
    ['it by its adapter', 'enp1s0', ['Docker', 'fw', 'eth1']],
    ['it by its project', 'shop', ['shop', 'old']],
    ['it by the beginning of its id', '6677', ['Docker', 'fw', 'eth1']],
    ['the running ones', 'is:running', ['Docker', 'fw', 'eth1', 'router']],
  ])('%s', (_, filter, expected) => {
    expect(shown(filter).containers).toEqual(expected);
  });

  test('a condition for VFs is none for containers, and the other way round', () => {
    expect(shown('is:free').containers).toEqual(shown('').containers);
    expect(shown('is:running').adapters).toEqual(shown('').adapters);
  });
});

test('an interrupted change is never hidden', () => {
  const snapshot = { ...twoAdapters(), pending: [pendingOne] };
  expect(shown('nowhere', snapshot).adapters).toEqual(['A change was interrupted']);
  expect(filterState(snapshot, 'nowhere').tokens).not.toContain('adapters');
});

test('the view says what is filtered, and how much of it is there', () => {
  expect(filterState(twoAdapters(), '  fw ')).toEqual({
    tokens: ';on;',
    adapters: 'Filtered: fw – 1 of 3 VFs',
    containers: 'Filtered: fw – 1 of 3',
  });
  expect(filterState(twoAdapters(), ' ')).toEqual({ tokens: '' });
});

test('where nothing is left, the view’s own text offers to clear the filter', () => {
  expect(filterState(twoAdapters(), 'router')).toEqual({
    tokens: ';on;adapters;',
    adapters: undefined,
    containers: 'Filtered: router – 1 of 3',
  });
  // An empty host has its own text.
  expect(filterState(bareHost({ pfs: [] }), 'x').tokens).toBe(';on;');
});

test('a condition is switched on and off among the other words', () => {
  expect(toggled('web', 'is:free')).toBe('web is:free');
  expect(toggled('web  is:free x', 'is:free')).toBe('web x');
  expect(toggled('', 'is:free')).toBe('is:free');
});

test('at each key the rows are those of the key before: nothing is made twice of one snapshot', () => {
  const snapshot = twoAdapters();
  const rowOf = (filter: string) => adapterRows(snapshot, { ...plain, filter })[0]?.children[0];
  expect(rowOf('fw')).toBe(rowOf(''));
  expect(rowOf('fw')).not.toBe(adapterRows(twoAdapters())[0]?.children[0]);
});

test('of a large host that is filtered, one changed VF is one row to draw', async () => {
  const { snapshot } = await snapshotOf('big');
  const rows = (host: HostSnapshot) => adapterRows(host, { ...plain, filter: 'app-19' });
  const [first, ...others] = snapshot.pfs;
  const changed = first?.vfs.find(({ holder }) => holder.name === 'app-196');
  const vfs = first?.vfs.map((one) => (one === changed ? { ...one, trust: true } : one)) ?? [];
  const after = { ...snapshot, pfs: [{ ...first!, vfs }, ...others] };
  expect(changed).toBeDefined();
  expect(changedRows(rows(snapshot), rows(after))).toEqual([`big/vf/${changed?.pci}`]);
});

const pendingOne = {
  ...{ id: 'c', title: 'x', startedAt: null, by: null, running: false, beforeBoot: false, request: null },
  ...{ progress: { done: 1, steps: 2 }, undoing: false },
};
