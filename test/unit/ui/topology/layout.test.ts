import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Texts } from '../../../../src/ui/topology/messages';
import { pictureOf } from '../../../../src/ui/topology/picture';
import { texts } from '../../../../src/ui/topology/topologyMain';
import { layout, type Box } from '../../../../src/ui/topology/webview/layout';
import { moved } from '../../../../src/ui/topology/webview/moves';
import { shown } from '../../../../src/ui/topology/webview/shown';
import { spread } from '../../../../src/ui/topology/webview/spread';
import { rowsOf } from '../../../../src/ui/topology/webview/table';
import { snapshotOf } from '../../recorded/recording';
import { crowd, wired } from './wired';

const said: Texts = texts();
const labels = (open: string[], picture = crowd(64, 12)) =>
  shown(picture, new Set(open), said).nodes.map(({ label }) => label);

describe('detail follows size by meaning', () => {
  test('64 VFs on one adapter are one node, and so are the containers that have them', () => {
    expect(labels([])).toEqual(['lab', 'enp0s0', '64 VFs, 12 used', '12 containers', 'idle0', 'idle1']);
    const { links } = shown(crowd(64, 12), new Set(), said);
    expect(links.map(({ name }) => name)).toEqual(['2.5 GT/s x4', '12 links']);
  });

  test('containers without VFs are one node where there are many', () => {
    expect(labels([], crowd(2, 0, 1, 16)).filter((label) => label.startsWith('idle'))).toHaveLength(16);
    expect(labels([], crowd(2, 0, 1, 17)).at(-1)).toBe('17 containers without VFs');
  });

  test('it opens, step by step: those that are used first', () => {
    const [pf, ...rest] = labels(['lab/pf/0000:01:ff.0/vfs']).slice(1);
    expect(pf).toBe('enp0s0');
    expect(rest.slice(0, 2)).toEqual(['64 VFs, 12 used', 'VF 0']);
    expect(rest).toContain('52 free VFs');
    expect(rest).toContain('c0-11');
    expect(labels(['lab/pf/0000:01:ff.0/vfs', 'lab/pf/0000:01:ff.0/free']).length).toBe(
      2 + 1 + 1 + 64 + 12 + 2,
    );
  });

  test('few VFs are all shown, whoever has them', () => {
    expect(labels([], crowd(7, 1)).filter((label) => label.startsWith('VF '))).toHaveLength(7);
  });

  test('of nine adapters with seven VFs each, those are shown that somebody has', () => {
    const all = labels([], crowd(7, 2, 9));
    expect(all.filter((label) => /^VF /.test(label))).toHaveLength(18);
    expect(all.filter((label) => label === '5 free VFs')).toHaveLength(9);
  });

  test('what is folded is found by what stands for it', () => {
    const picture = crowd(64, 12, 1, 20);
    const { stands } = shown(picture, new Set(), said);
    const hidden = picture.nodes.filter(({ layer }) => layer > 1).map(({ id }) => id);
    expect(hidden.filter((id) => !stands.has(id))).toEqual([]);
  });
});

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('the places of nodes', () => {
  const pictures = async () => [
    pictureOf(wired()),
    crowd(7, 2, 9),
    crowd(64, 12),
    pictureOf((await snapshotOf('cx6-switchdev')).snapshot),
    pictureOf((await snapshotOf('big')).snapshot),
  ];
  const everything = Object.assign(new Set<string>(), { has: () => true });

  test.each([
    ['folded', new Set<string>()],
    ['opened', everything],
  ])('%s: none is on another, all are in the picture', async (_how, open) => {
    for (const picture of await pictures()) {
      const seen = shown(picture, open, said);
      const where = layout(seen);
      expect([...where.nodes.keys()].sort()).toEqual(seen.nodes.map(({ id }) => id).sort());
      for (const layer of [0, 1, 2, 3]) {
        const boxes = seen.nodes
          .flatMap((node) => (node.layer === layer ? (where.nodes.get(node.id) ?? []) : []))
          .sort((a, b) => a.y - b.y);
        boxes.slice(1).forEach((box, at) => expect(overlaps(box, boxes[at]!)).toBe(false));
        for (const { x, y, w, h } of boxes)
          expect(x >= 0 && y >= 0 && x + w <= where.width && y + h <= where.height).toBe(true);
      }
      expect(where.links.size).toBe(seen.links.length);
      expect(JSON.stringify([...where.links.values(), ...where.hairpins.values()])).not.toMatch(
        /NaN|null|Infinity/,
      );
    }
  });

  test('a tinted group holds the VFs of its VLAN, and no other', () => {
    const seen = shown(pictureOf(wired()), new Set(), said);
    const where = layout(seen);
    expect(where.vlans.map(({ vlan }) => vlan)).toEqual([42]);
    const [{ box }] = where.vlans as [(typeof where.vlans)[number]];
    const within = seen.nodes.filter(({ id, layer }) => layer === 2 && overlaps(where.nodes.get(id)!, box));
    expect(within.map(({ label }) => label)).toEqual(['VF 3', 'VF 4']);
  });

  test('columns that are filled keep their order, overlap nowhere, and move nothing that has room', () => {
    expect(
      spread(
        [
          { at: 100, size: 10 },
          { at: 300, size: 10 },
        ],
        0,
      ),
    ).toEqual([100, 300]);
    expect(
      spread(
        [
          { at: 100, size: 10 },
          { at: 100, size: 10 },
        ],
        0,
      ),
    ).toEqual([95, 105]);
    const wish = fc.record({ at: fc.integer({ min: 0, max: 500 }), size: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 40 }), (wishes) => {
        const sorted = wishes.sort((a, b) => a.at - b.at);
        const places = spread(sorted, 0);
        places
          .slice(1)
          .forEach((place, at) =>
            expect(place).toBeGreaterThanOrEqual(places[at]! + sorted[at]!.size - 1e-6),
          );
        expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the keyboard', () => {
  const seen = shown(pictureOf(wired()), new Set(), said);
  const where = layout(seen);
  const id = (label: string) => seen.nodes.find((one) => one.label === label)!.id;
  const from = (label: string, move: Parameters<typeof moved>[3]) => {
    const to = moved(seen, where, id(label), move);
    return seen.nodes.find((one) => one.id === to)?.label;
  };

  test('goes up and down within a layer, and along what connects', () => {
    expect(from('NUMA node 0', 'right')).toBe('enp1s0');
    expect(from('enp1s0', 'right')).toMatch(/^VF /);
    expect(from('VF 1', 'right')).toBe('fw');
    expect(from('VF 1', 'left')).toBe('enp1s0');
    expect(from('eth7', 'right')).toBe('fw');
    expect(from('enp1s0', 'down')).toBe('enp2s0');
    expect(from('enp1s0', 'up')).toBeUndefined();
    expect(from('enp1s0', 'end')).toBe('eth7');
    expect(from('VF 0', 'right')).toBeUndefined();
  });

  test('comes to every node', () => {
    const reached = new Set([seen.nodes[0]!.id]);
    for (const at of reached)
      for (const move of ['up', 'down', 'left', 'right'] as const) {
        const to = moved(seen, where, at, move);
        if (to !== undefined) reached.add(to);
      }
    expect(seen.nodes.filter((one) => !reached.has(one.id)).map(({ label }) => label)).toEqual([]);
  });
});

test('the table says what the picture shows', () => {
  const rows = rowsOf(pictureOf(wired())).map(({ cells }) => cells.slice(0, 7).join('|'));
  expect(rows).toContain('enp1s0|VF 1|fw|eth1|up||at most 200 Mbit/s');
  expect(rows).toContain('enp1s0|VF 3|fw|eth2|up|VLAN 42|');
  expect(rows).toContain('eth7|whole adapter|fw|eth7|up||');
  expect(rows).toContain('enp2s0|macvlan|router|mv0|up||');
  expect(rows).toContain('enp1s0|VF 0|||enp1s0v0 · free||');
  expect(rows).toContain('||off||exited · Docker||');
});
