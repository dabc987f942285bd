import { beforeEach, expect, test, vi } from 'vitest';
import manifest from '../../../package.json';
import strings from '../../../package.nls.json';
import { holds } from './menuConditions';

/** What VS Code is given as markup, and what as text. */
const given = vi.hoisted(() => ({ markup: '', text: '' }));
vi.mock('vscode', async () => ({
  l10n: (await import('./fakeL10n')).l10n,
  MarkdownString: class {
    appendMarkdown(markup: string) {
      given.markup += markup;
      return this;
    }
    appendText(text: string) {
      given.text += text;
      return this;
    }
  },
}));
const { rowTooltip, tooltipOf } = await import('../../../src/ui/tree/treeItem');
const { links } = await import('../../../src/ui/tree/links');
const { grouped } = await import('../../../src/ui/tree/facts');
beforeEach(() => void Object.assign(given, { markup: '', text: '' }));

const row = (id: string, context: string) => ({
  ...{ id, context, label: '', description: '', icon: { id: 'plug' }, spoken: '', children: [] },
  ...{ tooltip: [], subject: { kind: 'other' as const } },
});

test('neither the name nor the value of a fact is markup: a container names its interfaces itself', () => {
  tooltipOf(['Network', ['[eth1](x:y)', 'no address'], ['Image', '![a](https://b)']]);
  expect(given.text).toBe('Network[eth1](x:y)no addressImage![a](https://b)');
  expect(given.markup).not.toMatch(/[[\]()]/);
});

test('a group without facts has no heading', () => {
  const lines = grouped([['PCI', 'x'], 'Empty', ['MAC', null], 'Hardware', ['Driver', 'igb'], 'Last']);
  expect(lines).toEqual([['PCI', 'x'], 'Hardware', ['Driver', 'igb']]);
});

test('a row links to what can be done with it, and trusts these commands only', () => {
  const tooltip = rowTooltip(row('lab/vf/0000:01:10.0', ';vf;free;netdev;'));
  expect(tooltip?.isTrusted).toEqual({
    enabledCommands: [
      ...['sriov.vf.attach', 'sriov.vf.configure', 'sriov.counters.show'],
      'sriov.function.copyPciAddress',
    ],
  });
  expect(given.markup).toContain(
    '[Attach to Container…](command:sriov.vf.attach?%5B%22lab%2Fvf%2F0000%3A01%3A10.0%22%5D)',
  );
});

test('what is beside a row just now stands below what is known of it', () => {
  const known = { ...row('x', ';pf;'), tooltip: grouped([['PCI address', '0000:01:00.0']]) };
  rowTooltip(known, ['In the Last Minute', ['Receiving', '▁█ 1 Mb/s']]);
  expect(given.text).toBe('PCI address0000:01:00.0In the Last MinuteReceiving▁█ 1 Mb/s');
});

test('what there are two reasons for is one link', () => {
  const tooltip = rowTooltip(row('x', ';vf;attached;netdev;carries;'));
  expect(given.markup.match(/\[Detach\]/g)).toHaveLength(1);
  expect(tooltip?.isTrusted).toMatchObject({
    enabledCommands: expect.arrayContaining(['sriov.vf.detach', 'sriov.vf.move']) as unknown,
  });
});

test('the name of a namespace, which is in its id, leads no link elsewhere', () => {
  const nasty = "x) [y](command:workbench.action.quit) '*!";
  rowTooltip(row(`lab/ctr/netns/${nasty}`, ';ctr;running;vf0;netns;'));
  expect(given.markup).not.toContain('quit)');
  const [, address = ''] = /\]\(command:sriov\.container\.attachVf\?([^)]*)\)$/.exec(given.markup) ?? [];
  expect(address).not.toMatch(/[()'*!\s[\]]/);
  expect(JSON.parse(decodeURIComponent(address))).toEqual([`lab/ctr/netns/${nasty}`]);
});

test('a row that nothing can be done with, and of which nothing is known, has none', () => {
  expect(rowTooltip(row('x', ';problems;'))).toBeUndefined();
});

test.each(links)(
  'the link to $command of $tokens is in the menu of such a row, under the same name',
  (link) => {
    const { tokens, command, title } = link;
    const inMenu = manifest.contributes.menus['view/item/context'].filter((one) => one.command === command);
    // As whole contexts: each token that a menu asks for is one of the link's, or one that such a row always has.
    const context = `;${[...tokens, ...alwaysWith(tokens)].join(';')};`;
    const views = ['adapters', 'containers'];
    expect(inMenu.some(({ when }) => views.some((view) => holds(when, view, context)))).toBe(true);
    const declared = manifest.contributes.commands.find((one) => one.command === command);
    expect(strings[declared?.title.slice(1, -1) as keyof typeof strings]).toBe(title);
  },
);

/** Whoever is carried or away is an adapter or a VF; the rest of its state doesn't matter. */
const alwaysWith = ([first]: readonly string[]): string[] =>
  first === 'away' || first === 'carries' ? ['pf'] : [];
