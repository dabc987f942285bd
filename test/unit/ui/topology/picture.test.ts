import { describe, expect, test } from 'vitest';
import { difference } from '../../../../src/ui/topology/difference';
import { foundNodes } from '../../../../src/ui/topology/found';
import { pictureOf } from '../../../../src/ui/topology/picture';
import { applied } from '../../../../src/ui/topology/webview/apply';
import { recordedHosts } from '../../../hosts/index.mjs';
import { container, vf } from '../../hosts/host';
import { snapshotOf } from '../../recorded/recording';
import { crowd, wired } from './wired';

const picture = pictureOf(wired());
const byId = new Map(picture.nodes.map((node) => [node.id, node]));
const labelOf = (id: string) => byId.get(id)?.label ?? id;
/** `VF 1 → fw: eth1 · up`. */
const said = picture.links.map(({ from, to, name, how, state, vlan, rate }) => {
  const words = [name, how, state, vlan, rate].filter(Boolean).join(' · ');
  return `${labelOf(from)} → ${labelOf(to)}: ${words}`;
});

describe('the picture of a host', () => {
  test('has a link for each thing that somebody has, and says what it is, how it is, its VLAN and its rate', () => {
    expect(said).toEqual([
      'NUMA node 0 → enp1s0: 2.5 GT/s x4',
      'NUMA node 1 → enp2s0: 5.0 GT/s x4 (of 8.0 GT/s x8)',
      'NUMA node 1 → eth7: 2.5 GT/s x4',
      'enp2s0 → br0: enp2s0 · up',
      'eth7 → fw: eth7 · whole adapter · up',
      'VF 1 → fw: eth1 · up · at most 200 Mbit/s',
      'VF 2 → router: eth1 · down',
      'VF 3 → fw: eth2 · up · VLAN 42',
      'VF 4 → router: eth2 · up · VLAN 42',
      'VF 5 → namespace 999: left · down',
      'VF 6 → vfio-pci: ',
      'enp2s0 → router: mv0 · macvlan · up',
      'enp2s0 → foreign: eth0 · macvlan · up',
    ]);
  });

  test('tells what is plugged in where, and how fast: a slow bus stands out', () => {
    const uplinks = picture.nodes.flatMap(({ label, uplink }) =>
      uplink ? [[label, uplink.text, uplink.look]] : [],
    );
    expect(uplinks).toEqual([
      ['enp1s0', 'uplink 1 Gb/s', 'up'],
      ['enp2s0', 'uplink no link', 'down'],
      ['eth7', 'uplink 1 Gb/s', 'up'],
    ]);
    expect(picture.links.filter(({ look }) => look === 'warning').map(({ to }) => labelOf(to))).toEqual([
      'enp2s0',
    ]);
  });

  test('shows those that share a network once', () => {
    const users = picture.nodes
      .filter(({ layer }) => layer === 3)
      .map(({ label, detail }) => `${label}: ${detail}`);
    expect(users).toEqual([
      'foreign: running · Docker',
      'fw: running · Docker',
      'router: running · Docker · shared with 1',
      'off: exited · Docker',
      'namespace 999: no container',
      'vfio-pci: for a virtual machine or DPDK',
      'br0: bridge of the host',
    ]);
  });

  test('marks those that reach each other through one card, VLAN by VLAN', () => {
    const pairs = picture.hairpins.map(({ vfs, users, spoken }) => [
      vfs.map(labelOf),
      users.map(labelOf),
      spoken,
    ]);
    const [three, two] = ['fw, router, namespace 999', 'fw, router'].map(
      (names) => `${names} reach each other through enp1s0, without its uplink`,
    );
    expect(pairs).toEqual([
      [['VF 1', 'VF 2', 'VF 5'], ['fw', 'router', 'namespace 999'], three],
      [['VF 3', 'VF 4'], ['fw', 'router'], two],
    ]);
    expect(picture.nodes.find(({ label }) => label === 'fw')?.reaches).toBe(`${three}; ${two}`);
  });

  test('offers on a node what its row offers', () => {
    const menus = picture.nodes.flatMap(({ label, menu }) => (menu ? [[label, menu.viewItem]] : []));
    expect(menus).toContainEqual(['VF 0', ';vf;free;netdev;']);
    expect(menus).toContainEqual(['VF 1', ';vf;attached;netdev;']);
    expect(menus.map(([label]) => label)).not.toContain('vfio-pci');
  });
});

test.each(recordedHosts)(
  '%s: every link has both ends, every VF its adapter, and every id is there once',
  async (name) => {
    const { snapshot } = await snapshotOf(name);
    const { nodes, links, hairpins } = pictureOf(snapshot);
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(links.map(({ id }) => id)).size).toBe(links.length);
    for (const { from, to } of links) expect(ids).toEqual(expect.arrayContaining([from, to]));
    for (const { vfs, users } of hairpins) expect(ids).toEqual(expect.arrayContaining([...vfs, ...users]));
    expect(nodes.filter(({ layer }) => layer === 2).length).toBe(
      snapshot.pfs.flatMap(({ vfs }) => vfs).length,
    );
  },
);

describe('what is different in a picture', () => {
  test('is only what changed', () => {
    const after = wired();
    after.pfs[0]!.vfs[1] = vf(1, { ...after.pfs[0]!.vfs[1], up: false });
    const found = difference(picture, pictureOf(after));
    expect(found?.nodes.set.map(({ label }) => label)).toEqual(['VF 1']);
    expect(found?.links.set.map(({ state }) => state)).toEqual(['down']);
    expect([
      found?.nodes.gone,
      found?.nodes.order,
      found?.links.gone,
      found?.links.order,
      found?.hairpins,
    ]).toEqual([...[[], undefined, [], undefined], undefined]);
  });

  test('is nothing where nothing is', () => {
    expect(difference(picture, pictureOf(wired()))).toBeUndefined();
  });

  test.each([
    ['a VF that came back', (host: ReturnType<typeof wired>) => (host.pfs[0]!.vfs[3] = vf(3))],
    ['a container that is gone', (host: ReturnType<typeof wired>) => host.containers.pop()],
    [
      'a container before the others',
      (host: ReturnType<typeof wired>) => host.containers.unshift(container('new', { netnsInode: 5 })),
    ],
    ['an adapter without VFs', (host: ReturnType<typeof wired>) => (host.pfs[0]!.vfs = [])],
    ['everything', (host: ReturnType<typeof wired>) => (host.pfs = [])],
  ])('makes the one into the other: %s', (_what, change) => {
    const host = wired();
    change(host);
    const after = pictureOf(host);
    const there = difference(picture, after)!;
    const back = difference(after, picture)!;
    expect(applied(picture, there)).toEqual(after);
    expect(applied(after, back)).toEqual(picture);
    // What is the same stays the same object, so that nobody draws it again.
    expect(applied(picture, there).nodes.filter((one) => picture.nodes.includes(one)).length).toBe(
      after.nodes.length - there.nodes.set.length,
    );
  });
});

describe('a filter', () => {
  const left = (text: string) => foundNodes(wired(), picture, text)?.map(labelOf).sort() ?? 'all';
  test.each([
    ['', 'all'],
    ['no such thing', []],
    ['vlan 42', ['NUMA node 0', 'VF 3', 'VF 4', 'enp1s0', 'fw', 'router'].sort()],
    ['fw', ['NUMA node 0', 'NUMA node 1', 'VF 1', 'VF 3', 'enp1s0', 'eth7', 'fw'].sort()],
    ['is:free', ['NUMA node 0', 'VF 0', 'enp1s0'].sort()],
    ['foreign', ['NUMA node 1', 'enp2s0', 'foreign'].sort()],
  ])('%s leaves what the trees would, with what connects it', (text, expected) => {
    expect(left(text)).toEqual(expected);
  });
});

test('a host of 512 VFs in 200 containers has one node for each', () => {
  const { nodes, links } = crowd(128, 50, 4);
  expect(nodes.filter(({ layer }) => layer === 2).length).toBe(512);
  expect(links.filter(({ kind }) => kind === 'vf').length).toBe(200);
});
