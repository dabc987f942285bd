import ownFolder from '../host/ownFolder.sh';
import { quote, quoteAll } from '../model/quote';
import type { NamespaceRef, Plan, Step } from '../model/plan';
import { unwrap } from '../model/verbs';
import attempt from './program/attempt.sh';
import dhcp from './program/dhcp.sh';
import executor from './program/executor.sh';
import fixVerbs from './program/fixVerbs.sh';
import hostUse from './program/hostUse.sh';
import locks from './program/locks.sh';
import namespaces from './program/namespaces.sh';
import settings from './program/settings.sh';
import { engineShell } from './engineShell';
import { inStateFolder } from './inStateFolder';
import verbs from './program/verbs.sh';

/** What `--script` prints: a program that writes the plan down on the host and executes it there. */
export const renderProgram = (plan: Plan, id: string): string => `${writeDown(plan, id)}exec ${apply}\n`;

/** What a host is sent: the same, and what is run when all of it was done. */
export const renderProgramThen = (plan: Plan, id: string, then: string): string =>
  `${writeDown(plan, id)}${apply} || exit\n${then}`;

const apply = 'sh "$change/plan.sh" apply';

function writeDown(plan: Plan, id: string): string {
  return `# ${comment(plan.title)}
if [ "$(id -u)" -ne 0 ]; then echo '@ outcome denied'; exit 7; fi
umask 077
${inStateFolder}
change=$base/changes/${quote(id)}
unwritable() { rm -rf "$change"; echo '@ outcome unwritable'; exit 3; }
mkdir -p "$base/attachments" "$base/finished" "$change" || unwritable
cat >"$change/plan.sh" <<'END_OF_PLAN_${id}' || unwritable
${renderPlan(plan, id)}
END_OF_PLAN_${id}
${plan.request ? asData(plan, id) : ''}`;
}

/** The plan as it is shown, to undo it or make it again. */
const asData = (
  plan: Plan,
  id: string,
): string => `cat >"$change/plan.json" <<'END_OF_DATA_${id}' || unwritable
${JSON.stringify(plan)}
END_OF_DATA_${id}
`;

/** The plan itself as a shell program: its data, then the verbs and the executor. */
function renderPlan(plan: Plan, id: string): string {
  const { kind, title, lasting } = plan;
  const description = JSON.stringify({ id, kind, title, steps: plan.steps.length, lasting }).slice(0, -1);
  return `#!/bin/sh
# ${comment(plan.title)}, on ${comment(plan.host)}
id=${quote(id)}
description=${quote(description)}
steps=${plan.steps.length}
undoable=${plan.before ? 'yes' : ''}
guard=${plan.guardSeconds === undefined ? '' : quote(`${plan.guardSeconds}`)}
undoes=${quote(plan.undoes ?? '')}
lasting=${plan.lasting ? 'yes' : ''}
devices=${quote(plan.locks.flatMap(({ pci, mode }) => (mode === 'exclusive' ? [pci] : [])).join(' '))}

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
	case $1 in
${plan.steps.map((step, index) => clause(index, '', facts(step))).join('\n')}
	esac
}

take_locks() {
${block(plan.locks.map(({ pci, mode }, index) => quoteAll(['lock', `${5 + index}`, pci, mode])))}
}

open_namespaces() {
	unopened=''
${plan.from ? `\t${openNamespace(9, plan.from)} || unopened=yes\n` : ''}${plan.namespace ? `\t${openNamespace(7, plan.namespace)} || unopened=yes\n` : ''}	[ -z "$unopened" ]
}

preconditions() {
${block(plan.preconditions.map(({ check }, index) => `require ${index + 1} ${quoteAll(check)}`))}
}

${verbs}
${settings}
${ownFolder}
${locks}
${engineShell}
${namespaces}
${optional.map((part) => (uses(plan, part) ? `${part}\n` : '')).join('')}${attempt}
${executor}`;
}

/** The program carries the verbs of fixes, of DHCP and of what the host does with a device only where it needs them. */
const optional = [fixVerbs, dhcp, hostUse];
const uses = ({ steps, preconditions }: Plan, part: string): boolean =>
  [...steps.flatMap(({ apply, undo }) => [apply, undo]), ...preconditions.map(({ check }) => check)].some(
    (argv) => [...argv].some((word) => part.includes(`\n${word}() {`)),
  );

const clause = (index: number, title: string, command: string): string =>
  `\t${index + 1})${title ? ` # ${title}` : ''}\n\t\t${command}\n\t\t;;`;

const block = (lines: string[]): string =>
  lines.length === 0 ? '\t:' : lines.map((line) => `\t${line}`).join(' &&\n');

const facts = ({ timeout, undo }: Step): string =>
  `seconds=${timeout} undo_verb=${quote(undo === 'none' ? undo : undo[0])} undo_needs=${needs(undo)}`;

const needs = (undo: Step['undo']): string => {
  if (undo === 'none') return '';
  const { place, atSource } = unwrap(undo);
  return place === 'inside' ? (atSource ? '9' : '7') : '';
};

const openNamespace = (descriptor: number, { path, inode, owner }: NamespaceRef): string =>
  quoteAll([
    'open_namespace',
    ...[`${descriptor}`, path, `${inode}`],
    ...(owner ? [`${owner.pid}`, owner.containerId, owner.engine, owner.user ?? ''] : ['', '', '', '']),
  ]);

/** Text in a comment must stay on its line. */
const comment = (text: string): string => text.replace(/[\x00-\x1f\x7f]/g, ' ');
