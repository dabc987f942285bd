import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import strings from '../../../package.nls.json';
import { bootFiles, type BootFile } from '../../../src/boot/files';
import { enablement, paletteWhen } from '../../../src/ui/commands/availability';
import { commands } from '../../../src/ui/commands/table';
import { holds } from './menuConditions';

const { contributes } = manifest;
const table = Object.entries(commands);
type Declared = { command: string; title: string; enablement?: string; icon?: string };
const declared: Declared[] = contributes.commands;
const palette: { command: string; when: string }[] = contributes.menus.commandPalette;
const items: { command: string; when: string; group: string }[] = contributes.menus['view/item/context'];

test('the table and the manifest have the same commands', () => {
  expect(declared.map(({ command }) => command).sort()).toEqual(table.map(([id]) => id).sort());
});

test.each(table)('%s is offered when it can be run', (id, { needs }) => {
  const inPalette = palette.find(({ command }) => command === id)?.when;
  if (id === 'sriov.changes.applyPlan')
    expect(inPalette).toBe(`${paletteWhen[needs]} && activeWebviewPanelId == sriov.plan`);
  else expect(inPalette).toBe(paletteWhen[needs]);
  expect(declared.find(({ command }) => command === id)?.enablement).toBe(enablement[needs]);
});

test('every text is in package.nls.json, and every text there is used', () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
});

test('menus, keys and welcome texts name commands that there are', () => {
  const built = ['runCommands'];
  const named = [
    ...Object.values(contributes.menus).flatMap((menu) => menu.map(({ command }) => command)),
    ...contributes.keybindings.map(({ command }) => command),
    ...[...JSON.stringify(strings).matchAll(/command:([\w.]+)/g)].map(([, command]) => command as string),
  ];
  expect(named.filter((command) => !(command in commands) && !built.includes(command))).toEqual([]);
});

test('the manifest declares the views that are created', () => {
  const created = [...readFileSync('src/ui/views.ts', 'utf8').matchAll(/new RowTree\('([\w.]+)'/g)];
  expect(created.map(([, id]) => id).sort()).toEqual(contributes.views.sriov.map(({ id }) => id).sort());
});

test('titles are in title case, of one category, without a full stop', () => {
  const titles = Object.entries(strings).filter(([key]) => key.startsWith('command.'));
  const small = /^(a|an|and|as|by|for|from|in|of|on|or|the|to)$/;
  const wrong = titles.filter(([, title]) => {
    const [first = '', ...rest] = title.replace('…', '').split(' ');
    return !/^[A-Z]/.test(first) || rest.some((word) => !/^[A-Z]/.test(word) && !small.test(word));
  });
  expect([...wrong, ...titles.filter(([, title]) => /[^\w\s:,-]/.test(title.replace(/…$/, '')))]).toEqual([]);
  expect(contributes.commands.filter(({ category }) => category !== 'SR-IOV')).toEqual([]);
});

test('nothing is drawn on red', () => {
  const files = ['src/ui', 'media'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const texts = files
    .filter((file) => /\.(ts|css|json)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  expect(texts.length).toBeGreaterThan(100);
  expect([...texts, JSON.stringify(manifest)].filter((text) => /errorBackground/i.test(text))).toEqual([]);
});

test('nothing but its views, its commands, files of boot loaders and in YAML, and a picture that was open before a reload starts it', () => {
  expect(manifest.activationEvents).toEqual(['onLanguage:yaml', 'onWebviewPanel:sriov.topology']);
});

test('what is drawn as a button has an icon', () => {
  const { menus } = contributes;
  const buttons = [...menus['view/title'], ...menus['view/item/context'], ...menus['editor/title']].filter(
    ({ group }) => /^(inline|navigation)/.test(group),
  );
  const bare = buttons.filter(({ command }) => !declared.find((one) => one.command === command)?.icon);
  expect(bare).toEqual([]);
});

const inside = [
  ...['container.openShell', 'container.openTerminal', 'container.ping'],
  ...['container.copyEnterCommand', 'container.copyInspectCommand'],
];

/** Every context value that the trees make, and what a person finds on that row. */
const rows: [view: string, context: string, inline: string[], menu: string[]][] = [
  [
    'adapters',
    ';pf;sriov;up;vfs0;idle;',
    ['pf.createVfs'],
    ['pf.createVfs', 'changes.showPlan', 'item.inspectJson'],
  ],
  ['adapters', ';pf;sriov;down;vfsN;inuse;', ['pf.setVfCount'], ['pf.removeVfs']],
  ['adapters', ';pf;nosriov;up;vfs0;idle;', [], ['item.copyName']],
  ['adapters', ';pf;sriov;up;vfs0;idle;', ['pf.createVfs'], ['function.attach']],
  ['adapters', ';pf;sriov;up;vfs0;idle;away;', ['pf.createVfs'], ['vf.detach']],
  ['adapters', ';pf;sriov;up;vfs0;idle;carries;', ['pf.createVfs'], ['vf.detach', 'function.attach']],
  ['adapters', ';vf;free;netdev;carries;', ['vf.attach'], ['vf.detach']],
  [
    'adapters',
    ';vf;free;netdev;',
    ['vf.attach'],
    ['vf.attach', 'function.attach', 'function.copyPciAddress'],
  ],
  ['adapters', ';vf;free;nonetdev;', [], ['function.copyPciAddress']],
  [
    ...['adapters', ';vf;attached;netdev;', ['vf.detach']],
    ...[['vf.detach', 'vf.move', 'vf.keep', 'changes.showPlan', 'container.openShell', 'container.ping']],
  ] as [string, string, string[], string[]],
  ['adapters', ';vf;free;netdev;returned;', ['vf.attach', 'vf.restore'], ['vf.restore']],
  ['adapters', ';vf;free;netdev;misnamed;', ['vf.attach'], ['vf.attach', 'vf.giveNameBack']],
  ['adapters', ';pending;interrupted;', ['changes.recover'], ['changes.recover']],
  [
    ...['adapters', ';pending;interrupted;finishable;'],
    ...[['changes.finish', 'changes.recover'], ['changes.finish']],
  ] as [string, string, string[], string[]],
  ['adapters', ';pending;running;', [], []],
  [
    ...['containers', ';ctr;running;vf0;netns;asked;execs;'],
    ...[
      ['container.attachVf'],
      ['container.attachVf', 'container.attachVfs', 'function.attach', 'item.copyName', ...inside],
    ],
  ] as [string, string, string[], string[]],
  [
    ...['containers', ';ctr;paused;vf0;netns;asked;', ['container.attachVf']],
    ...[['container.openShell', 'container.copyInspectCommand']],
  ] as [string, string, string[], string[]],
  ['containers', ';ctr;running;vf0;hostnet;asked;execs;', [], ['item.copyName', 'container.openTerminal']],
  ['containers', ';ctr;stopped;vf0;netns;asked;', [], ['item.copyName', 'container.copyInspectCommand']],
  ['containers', ';att;ours;', ['vf.detach'], ['vf.detach', 'vf.move', 'vf.configure', 'container.ping']],
  ['containers', ';whole;ours;', ['vf.detach'], ['vf.detach', 'function.copyPciAddress']],
  ['containers', ';mvl;ours;', ['vf.detach'], ['vf.detach', 'changes.showPlan']],
  ['containers', ';absent;kept;', [], ['vf.stopKeeping', 'vf.showKeptLog']],
  ['adapters', ';vf;reserved;netdev;kept;', [], ['vf.stopKeeping', 'vf.showKeptLog', 'vf.configure']],
  ['containers', ';engine;docker;', [], []],
  [
    ...['readiness', ';chk;fail;fix;', ['readiness.showFix', 'readiness.runAgain']],
    ...[['readiness.showFix', 'readiness.copyResult']],
  ] as [string, string, string[], string[]],
  ['readiness', ';chk;pass;nofix;', ['readiness.runAgain'], ['readiness.copyResult']],
  ['readiness', ';gone;', [], []],
  ['hosts', ';host;other;ssh;', ['host.connect'], ['host.connect', 'host.save']],
  ['hosts', ';host;current;connected;ssh;saved;', [], ['host.disconnect', 'host.forget']],
  [...['hosts', ';host;other;connected;ssh;', ['host.connect'], ['host.connect', 'host.disconnect']]] as [
    string,
    string,
    string[],
    string[],
  ],
  ['adapters', ';host;other;connected;ssh;', [], ['host.disconnect']],
];

test.each(rows)('%s %s', (view, context, inline, menu) => {
  const shown = items.filter(({ when }) => holds(when, view, context));
  const short = (group: RegExp) =>
    shown.filter((item) => group.test(item.group)).map(({ command }) => command.replace('sriov.', ''));
  expect(short(/^inline/)).toEqual(inline);
  expect(inline.length).toBeLessThanOrEqual(3);
  expect(short(/^(?!inline)/)).toEqual(expect.arrayContaining(menu));
  if (menu.length === 0) expect(short(/^(?!inline)/)).toEqual([]);
  // Whoever can't reach an inline button finds it in the menu.
  expect(short(/^(?!inline)/)).toEqual(expect.arrayContaining(inline));
});

/** The words of which the contexts of a view's rows are made, in their order: one of each group; `?`: or none. */
const words = [
  'adapters: pf, sriov|nosriov, up|down, vfs0|vfsN, inuse|idle, away?, carries?',
  'adapters: vf, free|attached|vfio|reserved|gone, netdev|nonetdev, returned?, carries?, misnamed?, kept?',
  'adapters: pending, interrupted|running, finishable?',
  'containers: ctr, running|paused|stopped, vf0|vfN, netns|hostnet, asked?, execs?',
  'containers: att|whole|mvl, ours|foreign, kept?',
  'containers: absent?, kept',
  'readiness: chk, fail|warn|info|pass|unknown, fix|nofix, plan?',
  ...['adapters', 'containers', 'hosts'].map(
    (view) => `${view}: host, current|other, connected?, ssh|local, saved?`,
  ),
];
const known = new Set(words.flatMap((line) => line.match(/\w+/g) ?? []));
const contexts = words.flatMap((line) => {
  const [view = '', groups = ''] = line.split(': ');
  const choices = groups.split(', ').map((one) => one.replace('?', '|').split('|'));
  return choices
    .reduce<string[][]>((all, some) => all.flatMap((one) => some.map((word) => [...one, word])), [[]])
    .map((some) => [view, `;${some.filter(Boolean).join(';')};`] as const);
});

test('no row has more than three buttons, whatever its tokens', () => {
  expect(contexts.length).toBeGreaterThan(150);
  const buttons = items.filter(({ group }) => group.startsWith('inline'));
  const many = contexts.filter(
    ([view, context]) => buttons.filter(({ when }) => holds(when, view, context)).length > 3,
  );
  expect(many).toEqual([]);
});

test('menus match whole tokens, and only those that rows have', () => {
  const clauses = items.flatMap(({ when }) => [...when.matchAll(/viewItem\b(?: =~ \/([^/]*)\/)?/g)]);
  expect(clauses.length).toBeGreaterThan(items.length);
  const odd = clauses.filter(
    ([, pattern = '']) =>
      !/^;(\w+|\(\w+(\|\w+)+\));$/.test(pattern) ||
      pattern
        .replace(/[;()]/g, '')
        .split('|')
        .some((token) => !known.has(token)),
  );
  expect(odd.map(([clause]) => clause)).toEqual([]);
});

test('every row that a test knows by name is made of these words', () => {
  const all = new Set(contexts.map((one) => one.join(' ')));
  const others = /;(engine|gone|category|problems?);/;
  expect(rows.filter(([view, context]) => !all.has(`${view} ${context}`) && !others.test(context))).toEqual(
    [],
  );
});

const always = ['item.copyName', 'function.copyPciAddress', 'function.copyMac', 'counters.show'];

test.each([
  ['adapters', ';vf;free;netdev;', ['vf.attach', 'vf.configure', 'vf.prepare', ...always]],
  ['adapters', ';vf;attached;netdev;', ['vf.detach', 'vf.move', 'vf.configure', ...always]],
  [
    'adapters',
    ';vf;free;netdev;returned;',
    ['vf.attach', 'vf.restore', 'vf.configure', 'vf.prepare', ...always],
  ],
  [
    'adapters',
    ';vf;free;netdev;misnamed;',
    ['vf.attach', 'vf.giveNameBack', 'vf.configure', 'vf.prepare', ...always],
  ],
  ['containers', ';ctr;running;vf0;netns;asked;execs;', ['container.attachVf', 'item.copyName']],
  ['containers', ';att;ours;', ['vf.move', 'vf.detach', 'vf.configure', ...always.slice(1)]],
  ['containers', ';mvl;ours;', ['vf.detach']],
])('of several, %s %s: what can be done with all of them, and nothing else', (view, context, menu) => {
  const shown = items
    .filter(({ when, group }) => !group.startsWith('inline') && holds(when, view, context, true))
    .map(({ command }) => command.replace('sriov.', ''));
  expect([...new Set(shown)].sort()).toEqual([...menu].sort());
});

test('what only some containers take is nowhere else', () => {
  const shown = (context: string) =>
    items
      .filter(({ when }) => holds(when, 'containers', context))
      .map(({ command }) => command.replace('sriov.', ''));
  expect(shown(';ctr;running;vf0;hostnet;asked;execs;')).not.toContain('container.openShell');
  expect(shown(';ctr;running;vf0;netns;')).not.toContain('container.openTerminal');
  expect(shown(';ctr;running;vf0;netns;')).not.toContain('container.copyInspectCommand');
  expect(shown(';ctr;stopped;vf0;netns;asked;')).not.toContain('container.openTerminal');
});

test('what destroys stands last and alone, never as a button', () => {
  const destructive = items.filter(({ command }) => /removeVfs|forget/.test(command));
  expect(destructive.map(({ group }) => group.replace(/@\d+$/, ''))).toEqual(
    destructive.map(() => '9_destructive'),
  );
});

test('the editor knows the files that hold kernel arguments by the same globs as the fixes', () => {
  const globs = (wanted: (file: BootFile) => boolean) =>
    Object.values<BootFile>(bootFiles)
      .filter(wanted)
      .flatMap(({ paths }) => paths)
      .sort();
  const patterns = (id: string) =>
    contributes.languages
      .find((language) => language.id === id)
      ?.filenamePatterns.slice()
      .sort();
  expect(patterns('sriov-boot-assignments')).toEqual(globs(({ form }) => form === 'assignments'));
  expect(patterns('sriov-boot-arguments')).toEqual(globs(({ form }) => form !== 'assignments'));
});
