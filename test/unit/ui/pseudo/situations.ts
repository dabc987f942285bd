import type { Finding, Fix } from '../../../../src/model/finding';
import type { PastChange } from '../../../../src/model/journal';
import type { Outcome, StepFailure } from '../../../../src/model/outcome';
import { isRefusal, type Plan } from '../../../../src/model/plan';
import type { FakeWorkbench } from '../fakeWorkbench';
import { hosts } from './hosts';
import { said } from './pseudo';

const finding = (severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  ...{ id: `iommu.${severity}`, cause: 'other', severity, subject: 'host', title: said(`It is ${severity}`) },
  ...{ explanation: said('It is so.'), evidence: [said('a line')], fixes: [] },
  ...more,
});

export const findings: Finding[] = [
  finding('error', {
    subject: '0000:01:00.0',
    fixes: [
      {
        ...{
          kind: said('driver') as Fix['kind'],
          summary: said('Load it'),
          commands: ['modprobe igbvf'],
          risk: said('None.'),
        },
        ...{ needsReboot: true, change: { kind: 'load-module', module: 'igbvf' } },
      },
    ],
  }),
  finding('warning'),
  finding('unknown'),
  finding('info'),
  finding('pass'),
];

/** How things may stand before a command is run. */
export const situations: ((bench: FakeWorkbench) => unknown)[] = [
  (bench) => bench.host.diagnose('netdev'),
  (bench) => {
    bench.atHand = (['selection', 'editor', 'clipboard'] as const).map((from) => ({
      ...{ from, name: '1.log', text: 'DMAR: IOMMU enabled\n' },
    }));
    bench.file = { from: 'file', name: '2.log', text: 'nothing' };
  },
  (bench) => bench.host.disconnect(),
  (bench) => void (bench.trusted = false),
  ({ control }) => control.become({ state: 'lost', reason: said('gone'), since: '', detail: '' }),
  ({ control }) => void (control.failure = new Error(said('It fell.'))),
  ...ends().map((end) => ({ control }: FakeWorkbench) => {
    control.outcome = end;
    control.heard = ({ onHeard, onProgress }) => {
      onProgress?.({ kind: 'undo', index: 0, count: 1, title: said('Set it') });
      for (const state of ['failed', 'not-undone'] as const) onHeard?.({ kind: 'step', index: 0, state });
    };
    control.recover = () =>
      Promise.resolve<Outcome[]>([
        { status: 'recovered', title: said('Set it'), wanted: 'undo', ended: 'undone' },
        { status: 'recovered', title: said('Set it'), wanted: 'finish', ended: 'done' },
        { status: 'recovered', title: said('Set it'), wanted: 'finish', ended: 'undone' },
      ]);
  }),
];

/** Each way in which a change can end. */
function ends(): ((plan: Plan) => Outcome)[] {
  const snapshot = hosts['free VFs']!;
  const failure: StepFailure = { step: said('Set it'), exitCode: 2, message: said('no way'), findings };
  const stuck = {
    step: said('Set it'),
    message: said('no way'),
    command: 'ip',
    next: { do: 'recover' } as const,
  };
  return [
    (plan) => ({ status: 'disconnected', plan, reason: said('gone') }),
    (plan) => ({ status: 'mismatch', plan, snapshot, differences: [said('It is off.')] }),
    (plan) => ({ status: 'undone', plan, snapshot, failure }),
    (plan) => ({ status: 'undone', plan, snapshot, failure: { ...failure, step: 'cancelled' } }),
    (plan) => ({ status: 'stuck', plan, snapshot, failure, stuck: [stuck] }),
  ];
}

/** A change of each outcome, and one that can be undone. */
export function past({ control }: FakeWorkbench): PastChange[] {
  const planned = control.plan({ kind: 'set-vfs', pf: 'enp1s0', count: 5 });
  const change = (outcome: PastChange['outcome'], more: Partial<PastChange> = {}): PastChange => ({
    ...{ id: outcome, title: said(outcome), kind: 'set-vfs', by: 'ann', at: '2026-05-01T10:00:00Z', outcome },
    ...more,
  });
  const outcomes = ['done', 'undone', 'stuck', 'refused', 'pending'] as const;
  return [
    ...outcomes.map((outcome) => change(outcome)),
    change('done', { id: 'last', ...(isRefusal(planned) ? {} : { plan: planned.at(-1)! }) }),
  ];
}
