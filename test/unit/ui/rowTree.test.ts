import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Row } from '../../../src/ui/tree/row';
import { RowTree } from '../../../src/ui/tree/rowTree';
import type { FakeTreeView } from './fakeTreeView';

const made = vi.hoisted((): { view: unknown } => ({ view: undefined }));
vi.mock('vscode', async () => (await import('./fakeTreeView')).fakeVscode(made));

let rows: Row[];
let tree: RowTree;
let view: FakeTreeView;
beforeEach(() => {
  rows = [engine(container('web', 'eth1'), container('web2'))];
  tree = new RowTree('sriov.containers', () => rows);
  view = made.view as FakeTreeView;
  view.fetchAll();
});

/** What is so after a move, and the looks that follow find nothing new. */
const moved = () => [engine(container('web'), container('web2', 'eth1'))];

describe('what is shown', () => {
  test('follows a change', () => {
    rows = moved();
    tree.update();
    expect(view.shown()).toEqual(['Docker', 'web: running', 'web2: running, 1 VF', 'web2/eth1']);
  });

  test.each(['Docker', 'web', 'web2'])(
    'a fetch of what is under %s that is overtaken by a change leaves nothing stale after the next look',
    (parent) => {
      const reply = view.fetch(parent);
      rows = moved();
      tree.update();
      reply();
      tree.update();
      expect(view.shown()).toEqual(['Docker', 'web: running', 'web2: running, 1 VF', 'web2/eth1']);
    },
  );

  test('a text that is another one every second is drawn once each time, and nothing else is', () => {
    for (const text of ['1 kb/s', '2 kb/s', '2 kb/s']) {
      rows = [engine(container('web', 'eth1'), { ...container('web2'), description: text })];
      tree.updateTexts();
    }
    expect(view.drawings).toBe(2);
    expect(view.shown()).toContain('web2: 2 kb/s');
    expect(view.revealed).toEqual([]);
  });

  test('what doesn’t change is not drawn for ever', () => {
    rows = moved();
    for (let looks = 0; looks < 5; looks += 1) tree.update();
    expect(view.drawings).toBe(2);
  });
});

describe('a row that gets its first children', () => {
  test('shows them', () => {
    rows = moved();
    tree.update();
    expect(view.revealed).toEqual(['web2']);
    tree.update();
    expect(view.revealed).toEqual(['web2']);
  });

  test('shows them as soon as it is visible', () => {
    view.setVisible(false);
    rows = moved();
    tree.update();
    expect(view.revealed).toEqual([]);
    view.setVisible(true);
    expect(view.revealed).toEqual(['web2']);
  });

  test('stays folded where it is to start folded', () => {
    rows = moved().map((row) => ({
      ...row,
      children: row.children.map((one) => ({ ...one, expanded: false })),
    }));
    tree.update();
    expect(view.revealed).toEqual([]);
  });
});

describe('the rows of the top are unfolded, the first of them last, so that it is in sight', () => {
  const two = (expanded: boolean) =>
    ['Docker', 'Podman'].map((name) => ({
      ...row(name, '', [row(`${name}/web`, '', [], { kind: 'other' })], { kind: 'other' }),
      expanded,
    }));
  const start = (expanded: boolean) => {
    rows = two(expanded);
    tree = new RowTree('sriov.containers', () => rows);
    view = made.view as FakeTreeView;
  };

  test('where they started folded', () => {
    start(false);
    tree.unfoldTop();
    expect(view.revealed).toEqual(['Podman', 'Docker']);
  });

  test('only those that are folded', () => {
    start(true);
    view.folding.collapse.fire({ element: 'Podman' });
    tree.unfoldTop();
    expect(view.revealed).toEqual(['Podman']);
    view.folding.expand.fire({ element: 'Podman' });
    tree.unfoldTop();
    expect(view.revealed).toEqual(['Podman']);
  });

  test('and what is folded is known still after a change', () => {
    start(false);
    rows = two(true);
    tree.update();
    tree.unfoldTop();
    expect(view.revealed).toEqual(['Podman', 'Docker']);
  });
});

test('a row that VS Code can’t reveal is no trouble', () => {
  view.failsToReveal = true;
  expect(() => tree.reveal('lab', ({ kind }) => kind === 'attachment', { select: true })).not.toThrow();
});

describe('of two hosts that each have a row at the top', () => {
  const both = () =>
    ['lab', 'other'].map((id) =>
      row(id, '', [row(`${id}/eth1`, '', [], { kind: 'pf', pci: '0000:01:00.0' })], { kind: 'host', id }),
    );

  test('a row is one host’s', () => {
    rows = both();
    tree.update();
    expect(['lab', 'lab/eth1', 'other/eth1', 'gone'].map((id) => tree.hostOf(id))).toEqual([
      ...['lab', 'lab', 'other', undefined],
    ]);
  });

  test('the function is shown that is the host’s own, though the other has one of that address', () => {
    rows = both();
    tree.update();
    tree.reveal('other', ({ kind }) => kind === 'pf', { select: true });
    expect(view.revealed).toContain('other/eth1');
    expect(view.revealed).not.toContain('lab/eth1');
  });
});

describe('what is selected', () => {
  beforeEach(() => view.select('web2'));

  test('is what VS Code says', () => {
    expect(tree.selection).toEqual(['web2']);
    view.select();
    expect(tree.selection).toEqual([]);
  });

  test('stays so while VS Code fetches it again and says that nothing is', () => {
    view.isBusy = true;
    rows = [engine(container('web', 'eth1'), container('web2'), container('web3'))];
    tree.update();
    view.select();
    expect(tree.selection).toEqual(['web2']);
    view.fetchAll();
    expect(tree.selection).toEqual([]);
  });

  test('is what was shown as changed, from then on', () => {
    view.isBusy = true;
    rows = moved();
    tree.update();
    tree.reveal(undefined, ({ kind }) => kind === 'attachment', { select: true });
    view.select();
    expect(tree.selection).toEqual(['web2/eth1']);
  });

  test('is nothing once the row is gone', () => {
    view.isBusy = true;
    rows = [engine(container('web'))];
    tree.update();
    view.select();
    expect(tree.selection).toEqual([]);
  });
});

const row = (id: string, description: string, children: Row[], subject: Row['subject']): Row => ({
  ...{ id, label: id, description, icon: { id: 'plug' }, context: ';', spoken: id, tooltip: [] },
  ...{ subject, expanded: true, children },
});
const engine = (...containers: Row[]) => row('Docker', '', containers, { kind: 'other' });
const container = (name: string, ...inside: string[]) =>
  row(
    name,
    inside.length === 0 ? 'running' : `running, ${inside.length} VF`,
    inside.map((one) => row(`${name}/${one}`, '', [], { kind: 'attachment', vf: 'x', container: name })),
    { kind: 'container', id: name, engine: 'docker' },
  );
