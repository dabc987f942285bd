import ownFolder from '../host/ownFolder.sh';
import type { PciAddress } from '../model/functions';
import type { Argv, NamespaceRef, Plan, Step } from '../model/plan';
import { quote, quoteAll } from '../model/quote';
import { unwrap } from '../model/verbs';
import attempt from './program/attempt.sh';
import dhcp from './program/dhcp.sh';
import executor from './program/executor.sh';
import fixVerbs from './program/fixVerbs.sh';
import freshVerbs from './program/freshVerbs.sh';
import hostUse from './program/hostUse.sh';
import keptVerbs from './program/keptVerbs.sh';
import linkVerbs from './program/linkVerbs.sh';
import madeVerbs from './program/madeVerbs.sh';
import locks from './program/locks.sh';
import namespaces from './program/namespaces.sh';
import resume from './program/resume.sh';
import settings from './program/settings.sh';
import { engineShell } from './engineShell';
import { openNamespace } from './openNamespace';
import userspaceVerbs from './program/userspaceVerbs.sh';
import verbs from './program/verbs.sh';

/** The part of a plan's program that is specific to the plan: it is followed by `library`. */
export function planData(plan: Plan, id: string): string {
  const { kind, title, lasting } = plan;
  const description = JSON.stringify({ id, kind, title, steps: plan.steps.length, lasting }).slice(0, -1);
  return `# ${comment(plan.title)}, on ${comment(plan.host)}
id=${quote(id)}
description=${quote(description)}
steps=${plan.steps.length}
undoable=${plan.before ? 'yes' : ''}
guard=${plan.guardSeconds === undefined ? '' : quote(`${plan.guardSeconds}`)}
undoes=${quote(plan.undoes ?? '')}
lasting=${plan.lasting ? 'yes' : ''}
devices=${quote(devicesOf(plan).join(' '))}

apply() {
	case $1 in
${plan.steps.map((step, index) => clause(index, comment(step.title), quoteAll(step.apply))).join('\n')}
	esac
}

undo() {
	case $1 in
${plan.steps.map((step, index) => clause(index, '', step.undo === 'none' ? ':' : quoteAll(step.undo))).join('\n')}
	esac
}

# What the executor has to know of a step: the seconds that it may take; the verb that undoes it; and the descriptor of the
# namespace without which there is nothing left to undo.
about() {
${plan.spaces ? `\t${readNotes}\n` : ''}	case $1 in
${plan.steps.map((step, index) => clause(index, '', facts(step))).join('\n')}
	esac
}

take_locks() {
${block(plan.locks.map(({ pci, mode }, index) => quoteAll(['lock', lockDescriptors[index] ?? '-', pci, mode])))}
}
${plan.spaces ? opening(plan.spaces) : ''}
open_namespaces() {
	unopened=''
${(plan.spaces ?? []).map((_, space) => `\topen_space ${space} || unopened=yes\n`).join('')}${plan.from ? `\t${openNamespace(9, plan.from)} || unopened=yes\n` : ''}${plan.namespace ? `\t${openNamespace(7, plan.namespace)} || unopened=yes\n` : ''}	[ -z "$unopened" ]
}

preconditions() {
${block(plan.preconditions.map(({ check }, index) => `require ${index + 1} ${quoteAll(check)}`))}
}
`;
}

/** The verbs that these plans use, and what executes them. */
export const library = (plans: Plan[]): string => `${verbs}
${settings}
${ownFolder}
${locks}
${engineShell}
${namespaces}
${optional.map((part) => (plans.some((plan) => uses(plan, part)) ? `${part}\n` : '')).join('')}${attempt}
${resume}
${executor}`;

/** The program carries the verbs for fixes, DHCP, the host's use of a device and lasting attachments only if it needs them. */
const optional = [
  fixVerbs,
  dhcp,
  hostUse,
  userspaceVerbs,
  freshVerbs,
  `${keptVerbs}\n${linkVerbs}\n${madeVerbs}`,
];
const uses = ({ steps, preconditions }: Plan, part: string): boolean =>
  [...steps.flatMap(({ apply, undo }) => [apply, undo]), ...preconditions.map(({ check }) => check)].some(
    (argv) => [...argv].some((word) => part.includes(`\n${word}() {`)),
  );

/** The functions that the plan is about. */
const devicesOf = ({ locks, steps }: Plan): PciAddress[] => [
  ...new Set([
    ...locks.flatMap(({ pci, mode }) => (mode === 'exclusive' ? [pci] : [])),
    ...steps.flatMap(({ device }) => device ?? []),
  ]),
];

/** Those that a shell has left for locks; a lock beyond them is held by a process. */
const lockDescriptors = ['5', '6'];

const clause = (index: number, title: string, command: string): string =>
  `\t${index + 1})${title ? ` # ${title}` : ''}\n\t\t${command}\n\t\t;;`;

const block = (lines: string[]): string =>
  lines.length === 0 ? '\t:' : lines.map((line) => `\t${line}`).join(' &&\n');

const facts = ({ timeout, undo, space, device }: Step): string =>
  [
    `seconds=${timeout}`,
    `undo_verb=${quote(undo === 'none' ? undo : verbOf(undo))}`,
    `undo_needs=${needs(undo)}`,
    ...(device === undefined ? [] : [`step_device=${quote(device)}`]),
    ...(space === undefined ? [] : [`space=${space}`]),
  ].join(' ');

/** What steps before this one found out; see freshVerbs.sh. */
const readNotes = 'space=; for note in "$change"/late.*.sh; do [ ! -e "$note" ] || . "$note"; done';

const opening = (spaces: NamespaceRef[]): string => `
open_space() {
	case $1 in
${spaces.map((one, index) => `\t${index}) ${openNamespace(7, one)} ;;`).join('\n')}
	*) return 1 ;;
	esac
}
`;

/** Whatever is wrapped around it is about when it runs. */
const verbOf = ([verb, ...rest]: Argv): string => (verb === 'this_boot' ? `${rest[0]}` : verb);

const needs = (undo: Step['undo']): string => {
  if (undo === 'none') return '';
  const { place, atSource } = unwrap(undo);
  return place === 'inside' ? (atSource ? '9' : '7') : '';
};

/** Text in a comment must stay on its line. */
export const comment = (text: string): string => text.replace(/[\x00-\x1f\x7f]/g, ' ');
