import { describe, expect, test, vi } from 'vitest';
import type { Connection } from '../../../../src/control/hostControl';
import { commands, type CommandId } from '../../../../src/ui/commands/table';
import { run } from '../../../../src/ui/commands/run';
import { adapterRows } from '../../../../src/ui/tree/adapters';
import { containerRows } from '../../../../src/ui/tree/containers';
import { linksOf } from '../../../../src/ui/tree/links';
import type { Row } from '../../../../src/ui/tree/row';
import { askPersonBy } from '../../../../src/ui/access/askPerson';
import { tools } from '../../../../src/ui/agents/tools';
import type { OpenHost } from '../../../../src/ui/hosts/openHost';
import { hostRows } from '../../../../src/ui/hosts/rows';
import { lostMessage, viewDescription } from '../../../../src/ui/hosts/viewState';
import { filterState } from '../../../../src/ui/arranging/filterState';
import { purposes } from '../../../../src/model/finding';
import { readinessDescription, readinessRows } from '../../../../src/ui/readiness/rows';
import { statusText } from '../../../../src/ui/status/statusText';
import { fakeWorkbench, markupOf, textIn, type FakeWorkbench } from '../fakeWorkbench';
import { hosts, names } from './hosts';
import { findings, past, situations } from './situations';
import { englishIn, met, said } from './pseudo';
import { Wanderer } from './wanderer';
import { linesOf } from '../../../../src/ui/tree/facts';

const marks = vi.hoisted(() => import('./core'));
vi.mock('vscode', async () => ({ l10n: (await import('./pseudo')).l10n }));
vi.mock('../../../../src/planning/plan', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/attachments/unfitContainer', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/attachments/unusedPf', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/attachments/bringsAlong', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/wire/onWire', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/wire/captureLine', async (core) =>
  (await marks).naming(core, /^captureLine$/),
);
vi.mock('../../../../src/planning/resolve', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/model/destination', async (core) => (await marks).naming(core, /Problem$/));
vi.mock('../../../../src/model/values', async (core) => (await marks).naming(core, /Problem$|^parseRoute$/));
vi.mock('../../../../src/model/addresses/pool', async (core) => (await marks).naming(core, /^parsePool$/));
vi.mock('../../../../src/model/userspace/hugePages', async (core) =>
  (await marks).naming(core, /^parsePages$/),
);
vi.mock('../../../../src/model/userspace/vfio', async (core) => (await marks).naming(core, /Problem$/));
vi.mock('../../../../src/planning/userspace/runLine', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/planning/taken', async (core) => (await marks).speaking(core));
vi.mock('../../../../src/control/maskedText', async (core) => (await marks).naming(core, /^maskedText$/));
vi.mock('../../../../src/model/vfAttributes/table', async (core) => (await marks).attributes(core));

test('the views, their titles and what stands above their rows', async () => {
  const snapshot = hosts['VFs and containers in every state']!;
  const bench = await fakeWorkbench(snapshot);
  bench.control.findings = findings;
  await bench.host.diagnose('netdev');
  const { host } = bench;
  const changes = { new: findings, fixed: findings, unseen: findings, still: [], since: new Date() };
  const known = (['local', 'saved', 'ssh', 'recent'] as const).map((source) => ({
    id: `${source}1`,
    source,
    address: '',
  }));
  const connections: Connection[] = [
    ...(['connecting', 'limited', 'admin'] as const).map((state) => ({ state })),
    { state: 'unsupported', reason: said('it runs BSD') },
    { state: 'lost', reason: '', since: '', detail: '' },
  ];
  const updates = [
    { by: 'events' },
    { by: 'reads', every: 5, why: said('it can’t be heard') },
    { by: 'nothing' },
    { by: 'hand' },
  ] as const;
  const filtered = filterState(snapshot, 'enp1s0');
  const seen = [
    ...inRows(readinessRows('lab', findings, changes)),
    ...purposes.map((purpose) => readinessDescription({ findings, purpose, at: new Date(), changes })),
    ...[filtered.adapters, filtered.containers],
    ...connections.flatMap((connection) => {
      const now = { id: 'lab', snapshot, connection };
      const statuses = updates.map((one) => statusText(now, 2, one));
      return [
        ...inRows(hostRows(known, { id: 'local', all: [{ ...now, id: 'local' } as OpenHost] })),
        ...[viewDescription(now), lostMessage(now, 5000, 0)],
        ...statuses.flatMap((one) => [
          one?.text.replace(/\$\([a-z-]+\)/, ''),
          one?.spoken,
          ...(one?.tooltip.flat() ?? []),
        ]),
      ];
    }),
    host.readiness && readinessDescription(host.readiness),
  ];
  expect(seen.filter(Boolean).length).toBeGreaterThan(150);
  expect(english(seen)).toEqual([]);
});

describe.each(Object.entries(hosts))('%s', (_name, snapshot) => {
  test('rows', () => {
    expect(english([...inRows(adapterRows(snapshot)), ...inRows(containerRows(snapshot))])).toEqual([]);
  });

  test.each(Object.keys(commands) as CommandId[])('%s', async (id) => {
    const seen: string[] = [];
    for (let turn = 0; turn < 2 * situations.length; turn += 1) {
      const person = new Wanderer(turn);
      const bench = await workbenchOf(snapshot, person);
      await situations[turn % situations.length]?.(bench);
      await run(bench, id, items[turn % items.length]);
      for (const page of bench.pagesShown) await page.press('apply');
      seen.push(...person.seen, ...shownBy(bench));
    }
    expect(english(seen)).toEqual([]);
  });
});

test('what ssh and sudo ask', async () => {
  const person = new Wanderer(1);
  const ask = askPersonBy(person);
  const kinds = [
    'sudo',
    'host-key',
    'password',
    'passphrase',
    'code',
    'secret',
    'confirm',
    'notice',
  ] as const;
  for (const kind of kinds)
    for (const attempt of [1, 2])
      await ask({ kind, host: 'lab', prompt: said('who?'), attempt }, new AbortController().signal);
  expect(person.seen.length).toBeGreaterThan(kinds.length * 4);
  expect(english(person.seen)).toEqual([]);
});

test.each(Object.entries(tools))('the tool %s', async (_name, tool) => {
  const inputs = [{}, { change: 'set-vfs', pf: 'enp1s0', count: 1 }, { text: 'x' }];
  const seen = [tool.running];
  for (const input of inputs) {
    const person = new Wanderer(0);
    const bench = await workbenchOf(hosts['free VFs']!, person);
    const question = tool.confirm?.(bench, input);
    seen.push(
      question?.title ?? '',
      ...(question?.groups.flatMap(({ heading, items }) => [heading, ...items]) ?? []),
    );
    const answer = await tool.run(bench, input, new AbortController().signal);
    seen.push('refused' in answer ? String(answer.refused) : '', ...person.seen);
  }
  expect(english(seen)).toEqual([]);
});

/** After all of the above. */
test('most texts of the workbench were met', () => {
  expect(met.size).toBeGreaterThan(500);
});

/** What a command may be called on. */
const items = [
  undefined,
  undefined,
  { vf: 'enp1s0:0' },
  { container: 'fw' },
  { pf: 'enp1s0' },
  { vf: 'enp1s0:1' },
  { text: 'x' },
];

const presets = {
  edge1: { addresses: '192.0.2.0/30', vlan: 5, trust: true, mtu: 9000 },
  all2: { addresses: 'dhcp' },
};

async function workbenchOf(snapshot: (typeof hosts)[string], person: Wanderer): Promise<FakeWorkbench> {
  const bench = await fakeWorkbench(snapshot, { presets, hosts: ['h1'] });
  bench.control.findings = findings;
  bench.control.past = past(bench);
  return Object.assign(bench, { dialogs: person });
}

/** What else a command showed. */
const shownBy = (bench: FakeWorkbench): string[] => [
  ...bench.pagesShown.flatMap((page) => onPage(markupOf(page))),
  ...bench.pagesShown.map(({ name }) => name),
  ...bench.shown.map(({ name }) => name),
  ...bench.terminals.map(({ name }) => name),
];

/** What is written on a page, and what a screen reader says of it; commands and programs are no language. */
const onPage = (markup: string): string[] => [
  textIn(markup.replaceAll(/<(pre|code|time).*?<\/\1>/gs, '')),
  ...[...markup.matchAll(/ (?:aria-label|data-column|placeholder|title)="([^"]*)"/g)].map(([, text = '']) =>
    textIn(text),
  ),
];

/** Where English is seen. */
const english = (texts: (string | undefined)[]): string[] => [
  ...new Set(texts.flatMap((text) => englishIn(text ?? '', names))),
];

const inRows = (rows: Row[]): string[] =>
  rows.flatMap(({ label, description, spoken, tooltip, context, children }) => [
    ...[label, description, spoken, ...linesOf(tooltip).flat()],
    ...linksOf(context).map(({ title }) => title),
    ...inRows(children),
  ]);
