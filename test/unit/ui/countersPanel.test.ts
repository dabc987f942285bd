import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Uri, WebviewView } from 'vscode';
import { Counters } from '../../../src/ui/counters/counters';
import type { FromCounters, ToCounters } from '../../../src/ui/counters/messages';
import { container, host, pf, vf } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';

const executed = vi.hoisted((): string[] => []);
vi.mock('vscode', async () => ({
  l10n: (await import('./fakeL10n')).l10n,
  env: { language: 'en' },
  Uri: { joinPath: (_: unknown, ...path: string[]) => path.join('/') },
  commands: {
    executeCommand: (command: string) => {
      executed.push(command);
      return Promise.resolve();
    },
  },
}));
beforeEach(() => void executed.splice(0));

/** A view as VS Code makes it: what is posted while it is hidden is lost. */
class FakeView {
  visible = true;
  readonly heard: ToCounters[] = [];
  private readonly listeners: Record<string, (value?: unknown) => void> = {};
  readonly listen = (name: string) => (listener: (value?: unknown) => void) =>
    void (this.listeners[name] = listener);
  readonly onDidChangeVisibility = this.listen('visibility');
  readonly onDidDispose = this.listen('dispose');
  readonly webview = {
    ...{ options: {}, html: '', cspSource: 'https://own' },
    asWebviewUri: (path: string) => `https://own/${path}`,
    onDidReceiveMessage: this.listen('message'),
    postMessage: (message: ToCounters) => {
      if (this.visible) this.heard.push(message);
      return Promise.resolve(true);
    },
  };
  say = async (message: FromCounters) => {
    this.listeners.message?.(message);
    await Promise.resolve();
  };
  show(visible: boolean) {
    this.visible = visible;
    this.listeners.visibility?.();
  }
  /** What was said since this was asked last. */
  get said(): ToCounters[] {
    return this.heard.splice(0);
  }
  get states() {
    return this.said.flatMap((one) => (one.kind === 'show' ? one.state : []));
  }
}

const inside = { kind: 'container', containerId: container('fw').id, netnsInode: 5, name: 'fw' } as const;
const [first, second] = [vf(0).pci, vf(1).pci];

async function opened() {
  const snapshot = host({ pfs: [pf([vf(0), vf(1, { name: 'eth1', holder: inside })])] });
  const bench = await fakeWorkbench(snapshot);
  const counters = new Counters(
    {} as Uri,
    () => bench.settings(),
    () => bench,
  );
  const view = new FakeView();
  await counters.resolveWebviewView(view as unknown as WebviewView);
  const sample = (second: number, bytes: number) =>
    bench.control.counted.forEach(({ what, tell }) =>
      tell({
        frame: {
          readings: (what.functions ?? []).map((pci) => ({
            ...{ pci, side: 'own', at: second * 1000, device: 'host 1', counts: { rx_bytes: BigInt(bytes) } },
          })),
        },
      }),
    );
  const asked = () => bench.control.counted.map(({ what }) => what.functions);
  return { bench, counters, view, sample, asked };
}

describe('the panel', () => {
  test('loads nothing but its own script and styles, and has no words of the host in its document', async () => {
    const { view } = await opened();
    const { html } = view.webview;
    expect(html).toMatch(/default-src &#39;none&#39;; style-src https:&?[^;]*; script-src &#39;nonce-/);
    expect(html).not.toContain('unsafe');
    expect(html).not.toContain('enp1s0');
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test('shows what containers have, until something else is picked; then what a row is about', async () => {
    const { counters, view, asked } = await opened();
    await view.say({ kind: 'loaded' });
    expect(asked()).toEqual([[second]]);
    expect(view.said.map(({ kind }) => kind)).toEqual(['show', 'history']);
    await counters.show([first]);
    expect(executed).toEqual(['sriov.counters.focus']);
    expect(asked()).toEqual([[first]]);
    expect(view.states.at(-1)?.series).toEqual([{ title: 'VF 0 of enp1s0', where: 'enp1s0v0' }]);
  });

  test('tells each sample once, and what is as it was not again', async () => {
    const { view, sample } = await opened();
    await view.say({ kind: 'loaded' });
    sample(1, 0);
    view.said.splice(0);
    sample(2, 125);
    sample(3, 250);
    const said = view.said;
    expect(said.map(({ kind }) => kind)).toEqual(['sample', 'sample']);
    expect(said[1]).toMatchObject({ now: [{ bits: { rx: 1000, tx: null } }] });
  });

  test('reads nothing while it is hidden, and knows all that it had when it is seen again', async () => {
    const { view, sample, asked } = await opened();
    await view.say({ kind: 'loaded' });
    sample(1, 0);
    sample(2, 125);
    view.show(false);
    expect(asked()).toEqual([]);
    expect(view.said.length).toBeGreaterThan(0);
    view.show(true);
    expect(asked()).toEqual([[second]]);
    // Its page is a new one, which says when it can be told.
    expect(view.said).toEqual([]);
    await view.say({ kind: 'loaded' });
    expect(view.said).toMatchObject([{ kind: 'show' }, { kind: 'history', rx: { values: [[null, 1000]] } }]);
  });

  test('a pause holds the picture; what was read meanwhile is there afterwards', async () => {
    const { view, sample } = await opened();
    await view.say({ kind: 'loaded' });
    sample(1, 0);
    await view.say({ kind: 'press', press: 'pause' });
    expect(view.states.at(-1)).toMatchObject({ isPaused: true, pause: 'Continue' });
    sample(2, 125);
    expect(view.said).toEqual([]);
    await view.say({ kind: 'press', press: 'pause' });
    expect(view.said).toMatchObject([{ state: { isPaused: false } }, { rx: { values: [[null, 1000]] } }]);
  });

  test('another measure, window or scale shows the history anew', async () => {
    const { view, sample } = await opened();
    await view.say({ kind: 'loaded' });
    sample(1, 0);
    sample(100, 125);
    sample(101, 250);
    view.said.splice(0);
    await view.say({ kind: 'minutes', minutes: 1 });
    expect(view.said).toMatchObject([{ state: { minutes: 1 } }, { rx: { values: [[null, 1000]] } }]);
    await view.say({ kind: 'measure', measure: 'drops' });
    expect(view.said).toMatchObject([{ state: { measure: 'drops' } }, { rx: { values: [[null, null]] } }]);
    await view.say({ kind: 'log', isLog: true });
    expect(view.said).toMatchObject([{ state: { isLog: true } }, { kind: 'history' }]);
  });

  test('picks any functions, and writes what it shows as CSV', async () => {
    const { bench, view, sample, asked } = await opened();
    await view.say({ kind: 'loaded' });
    bench.dialogs.pickMany = (({ choices }: { choices: { value?: string }[] }) =>
      Promise.resolve(choices.flatMap(({ value }) => (value ? [value] : [])))) as never;
    await view.say({ kind: 'press', press: 'pick' });
    await vi.waitFor(() => expect(asked()).toEqual([['0000:01:00.0', first, second]]));
    sample(1, 0);
    sample(2, 125);
    await view.say({ kind: 'press', press: 'csv' });
    await vi.waitFor(() => expect(bench.saved).toHaveLength(1));
    expect(bench.saved[0]?.text.trim().split('\n')).toHaveLength(1 + 3 * 2);
  });
});

describe('rates on rows', () => {
  test('are counted while rows are seen and they are switched on', async () => {
    const { bench, counters, view, asked } = await opened();
    view.show(false);
    counters.setSeen(true);
    expect([asked(), counters.textOf(first)]).toEqual([[], undefined]);
    const before = bench.settings;
    bench.settings = () => ({ ...before(), showRates: true });
    counters.settingsChanged();
    await vi.waitFor(() => expect(asked()).toEqual([undefined]));
    const tell = (at: number, bytes: bigint) =>
      bench.control.counted[0]?.tell({
        frame: { readings: [{ pci: first, side: 'own', at, device: 'x', counts: { rx_bytes: bytes } }] },
      });
    let changes = 0;
    counters.changed.on(() => (changes += 1));
    tell(1000, 0n);
    tell(2000, 125n);
    expect(changes).toBe(2);
    expect(counters.textOf(first)?.shown).toBe('↓ 1.00 kb/s ↑ –');
    expect(counters.factsOf({ kind: 'vf', pci: first })).not.toEqual([]);
    counters.setSeen(false);
    expect([asked(), counters.textOf(first)]).toEqual([[], undefined]);
    expect(counters.factsOf({ kind: 'vf', pci: first })).toEqual([]);
  });
});
