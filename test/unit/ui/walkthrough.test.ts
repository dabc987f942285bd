import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json';
import english from '../../../package.nls.json';
import type { Outcome } from '../../../src/model/outcome';
import { run } from '../../../src/ui/commands/run';
import { commands } from '../../../src/ui/commands/table';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { deedKey, deeds } from '../../../src/ui/walkthrough/deeds';
import { Walkthrough, walkthroughId } from '../../../src/ui/walkthrough/walkthrough';
import { bareHost, container, pf, vf } from '../hosts/host';
import { FakeControl } from './fakeControl';
import { fakeWorkbench, memento } from './fakeWorkbench';

const [declared, ...others] = manifest.contributes.walkthroughs;
const text = (key: string) => english[key.replaceAll('%', '') as keyof typeof english];

test('there is one, and it is the one that the command opens', () => {
  expect(others).toEqual([]);
  expect(declared?.id).toBe(walkthroughId);
});

test('it does not open by itself: VS Code has no reason to before the extension runs', () => {
  expect(declared?.when).toBe('sriov.connection');
  // A page of ours that is open again, and a file that may be one of ours, have the person’s attention already.
  const others = manifest.activationEvents.filter(
    (event) => !/^onWebviewPanel:|^onLanguage:yaml$/.test(event),
  );
  expect(others).toEqual([]);
});

test('each step ends with a deed, each deed ends a step', () => {
  expect(declared?.steps.map(({ completionEvents }) => completionEvents)).toEqual(
    deeds.map((deed) => [`onContext:${deedKey(deed)}`]),
  );
});

test.each(declared?.steps ?? [])(
  '$id has one button, of a command, and a picture',
  ({ description, media }) => {
    const buttons = [...text(description).matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command);
    expect(buttons).toHaveLength(1);
    expect(Object.keys(commands)).toContain(buttons[0]);
    const colors = readFileSync(media.svg, 'utf8').match(/(?<=(?:fill|stroke)=")[^"]+/g) ?? [];
    expect(colors.length).toBeGreaterThan(3);
    expect(colors.filter((color) => color !== 'none' && !color.startsWith('var(--vscode-'))).toEqual([]);
  },
);

describe('what was done', () => {
  const begin = (state = memento(), snapshot = bareHost()) => {
    const told: string[] = [];
    const opened: string[] = [];
    const completed: string[] = [];
    const control = new FakeControl('lab', snapshot);
    const host = new CurrentHost(() => control);
    let asked = 0;
    const walkthrough = new Walkthrough(host, state, 'us.ext', (command, ...words) => {
      const list = { setContext: told, 'welcome.markStepComplete': completed }[command] ?? opened;
      list.push([command, ...words].join(' '));
      if (command === 'welcome.markStepIncomplete') asked += 1;
      const isUnknown = command.startsWith('welcome.') && asked < 3;
      return isUnknown ? Promise.reject(new Error('no such step')) : Promise.resolve();
    });
    return { told, opened, completed, control, host, walkthrough, state };
  };
  const done = (...wanted: (typeof deeds)[number][]) =>
    wanted.map((deed) => `setContext ${deedKey(deed)} true`);
  const limited = () => {
    const snapshot = bareHost();
    return { ...snapshot, host: { ...snapshot.host, user: { ...snapshot.host.user, isRoot: false } } };
  };

  test('is seen on the host: connected, checked, root', async () => {
    const { told, host, control } = begin(memento(), limited());
    control.failure = new Error('no route');
    await host.connect('lab').catch(() => {});
    expect(told).toEqual([]);
    control.failure = undefined;
    await host.connect('lab');
    expect(told).toEqual(done('connected'));
    await host.diagnose('netdev');
    await host.refresh();
    expect(told).toEqual(done('connected', 'checked'));
    await control.elevate();
    expect(told).toEqual(done('connected', 'checked', 'elevated'));
  });

  test('is told of changes that were made', () => {
    const { told, walkthrough } = begin();
    walkthrough.made({ kind: 'set-vfs', pf: 'enp1s0', count: 0 });
    expect(told).toEqual([]);
    walkthrough.made({ kind: 'set-vfs', pf: 'enp1s0', count: 4 });
    walkthrough.made({ kind: 'attach', vf: 'enp1s0:0', container: 'web' });
    walkthrough.made({ kind: 'detach', vf: 'enp1s0:0' });
    walkthrough.made({ kind: 'undo' });
    expect(told).toEqual(done('created', 'attached', 'undone'));
  });

  test('is remembered, over the life of a window', async () => {
    const { walkthrough, host, state } = begin();
    await host.connect('lab');
    walkthrough.made({ kind: 'undo' });
    expect(begin(state).told).toEqual(done('connected', 'elevated', 'undone'));
  });

  test('is known to VS Code however late it reads the walkthrough, which is opened when it has been', async () => {
    const { opened, completed, host, walkthrough } = begin();
    await host.connect('lab');
    const steps = ['connected', 'elevated'].map(
      (deed) => `welcome.markStepComplete us.ext#${walkthroughId}#${deed}`,
    );
    expect(completed).toEqual(steps);
    await walkthrough.open();
    expect(completed).toEqual([...steps, ...steps]);
    const probe = `welcome.markStepIncomplete us.ext#${walkthroughId}#connected`;
    const open = `workbench.action.openWalkthrough us.ext#${walkthroughId} false`;
    expect(opened).toEqual([probe, probe, probe, open]);
    expect(declared?.steps.map(({ id }) => id)).toEqual([...deeds]);
  });
});

describe('a command', () => {
  const host = () => bareHost({ pfs: [pf([vf(0)])], containers: [container('fw')] });
  const attach = async (outcome?: Outcome['status']) => {
    const bench = await fakeWorkbench(host());
    if (outcome === 'disconnected')
      bench.control.outcome = (plan) => ({ status: 'disconnected', plan, reason: 'gone' });
    bench.dialogs.answers = ['', '', 'Attach'];
    await run(bench, 'sriov.vf.attach', { vf: 'enp1s0:0', container: 'fw' });
    return bench.made.map(({ kind }) => kind);
  };

  test('counts when its change was made, and only then', async () => {
    expect(await attach()).toEqual(['attach']);
    expect(await attach('disconnected')).toEqual([]);
  });
});
