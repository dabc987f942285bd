import { l10n } from 'vscode';
import { isRunning } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { MacvlanRecord } from '../../model/macvlan';
import type { Plan } from '../../model/plan';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import type { Settings } from '../settings';
import { holderName } from '../tree/vfRow';
import { holderOf } from '../tree/vfState';
import { lotVerb } from './several/lotTitle';

/** A modal question before a change. */
export interface Confirmation {
  message: string;
  detail: string;
  /** What the button does, never "Yes". */
  verb: string;
  /** The same, and never ask again; undefined if asking can't be turned off. */
  forGood?: { verb: string; setting: 'confirm.detach' };
}

interface Rule {
  /** Besides what every change asks about: a loss, a doubt, and notes that nobody has seen. */
  asks?(plan: Plan, snapshot: HostSnapshot | undefined, settings: Settings): boolean;
  setting?: 'confirm.detach';
}

/** Which changes ask first, and whether that can be turned off. */
const rules: Record<Plan['kind'], Rule> = {
  attach: {},
  restore: {},
  'give-name-back': {},
  configure: {},
  prepare: {},
  undo: { asks: () => true },
  fix: { asks: () => true },
  'undo-fix': { asks: () => true },
  keep: { asks: () => true },
  'stop-keeping': { asks: () => true },
  apply: { asks: () => true },
  'set-vfs': {},
  detach: {
    asks: (plan, snapshot, settings) => settings.confirmDetach === 'ask' && takesFromRunning(plan, snapshot),
    setting: 'confirm.detach',
  },
};

interface Known {
  /** The notes of the plans have just been shown. */
  reviewed?: boolean;
  /** Why others, which were wanted with them, aren't possible. */
  leftOut?: string[];
}

/** What to ask before these plans run; undefined when they need no asking. Of several changes, all are asked about or none. */
export function confirmation(
  plans: Plan[],
  snapshot: HostSnapshot | undefined,
  settings: Settings,
  { reviewed = false, leftOut = [] }: Known = {},
): Confirmation | undefined {
  const isLot = leftOut.length > 0 || plans.filter(({ kind }) => kind !== 'restore').length > 1;
  const isAsking = (plan: Plan) =>
    costs(plan) ||
    (isLot && plan.kind === 'configure') ||
    (plan.notes.length > 0 && !reviewed) ||
    rules[plan.kind].asks?.(plan, snapshot, settings);
  const asking = isLot && (leftOut.length > 0 || plans.some(isAsking)) ? plans : plans.filter(isAsking);
  const [first] = asking;
  if (!first) return undefined;
  const setting =
    leftOut.length === 0 && asking.every((plan) => rules[plan.kind].setting && !costs(plan))
      ? rules[first.kind].setting
      : undefined;
  const verb = lotVerb(asking);
  return {
    message: `${asking.length === 1 ? first.title : verb}?`,
    detail: paragraphs([
      bullets(
        l10n.t('This will be removed:'),
        asking.flatMap((plan) => goingAway(plan, snapshot)),
      ),
      bullets(
        l10n.t('This will be done:'),
        asking.flatMap((plan) => doing(plan, asking.length > 1)),
      ),
      bullets(l10n.t('This isn’t possible, and is left out:'), leftOut),
      plans.flatMap(({ doubts }) => doubts ?? []).map(oneLine),
      plans.flatMap(({ notes }) => notes).map(oneLine),
    ]),
    verb,
    ...(setting ? { forGood: { verb: l10n.t('{0}, Don’t Ask Again', verb), setting } } : {}),
  };
}

const mostLines = 10;

function bullets(heading: string, all: string[]): string[] {
  const shown = all.slice(0, mostLines).map((line) => `• ${oneLine(line)}`);
  const rest = all.length - shown.length;
  return [
    ...(shown.length > 0 ? [heading] : []),
    ...shown,
    ...(rest > 0 ? [l10n.t('… and {0} more; Show Plan lists them all.', rest)] : []),
  ];
}

const paragraphs = (all: string[][]): string =>
  all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');

/** What an undo does, what is installed on the host and removed there, and what of several changes doesn't say what goes away. */
function doing({ kind, steps, title }: Plan, isOneOf: boolean): string[] {
  if (['undo', 'keep', 'stop-keeping', 'apply'].includes(kind))
    return [...new Set(steps.map((step) => step.title))];
  return isOneOf && kind !== 'detach' && kind !== 'set-vfs' ? [title] : [];
}

/** Every object by name: what the plan says, else the interface that the container has now. */
function goingAway(plan: Plan, snapshot: HostSnapshot | undefined): string[] {
  if (plan.losses.length > 0 || !snapshot) return plan.losses;
  const macvlan = removed(plan, snapshot);
  if (macvlan) return [l10n.t('{0} of {1}, a macvlan', macvlan.inside, macvlan.container.name)];
  const vf = detached(plan, snapshot);
  if (!vf) return [];
  const [name, holder] = [vf.name ?? vf.pci, holderName(snapshot, vf)];
  return vf.addresses.length > 0
    ? [l10n.t('{0} of {1} ({2})', name, holder, vf.addresses.join(', '))]
    : [l10n.t('{0} of {1}', name, holder)];
}

const costs = ({ losses, doubts = [] }: Plan): boolean => losses.length > 0 || doubts.length > 0;

function takesFromRunning(plan: Plan, snapshot: HostSnapshot | undefined): boolean {
  if (!snapshot) return true;
  const macvlan = removed(plan, snapshot);
  const vf = detached(plan, snapshot);
  const holder = macvlan
    ? snapshot.containers.find(({ id }) => id === macvlan.container.id)
    : vf && holderOf(snapshot, vf);
  return holder !== undefined && isRunning(holder);
}

function detached({ promises }: Plan, snapshot: HostSnapshot | undefined): VirtualFunction | undefined {
  const pci = promises.find((promise) => promise.kind === 'vf-on-host')?.vf;
  return snapshot && allFunctions(snapshot).find((vf) => vf.pci === pci);
}

function removed({ promises }: Plan, { macvlans }: HostSnapshot): MacvlanRecord | undefined {
  const promise = promises.find((one) => one.kind === 'macvlan');
  return promise && !promise.there ? macvlans.find(({ key }) => key === promise.key) : undefined;
}
