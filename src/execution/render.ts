import { expanded } from '../model/lasting/late';
import { quote } from '../model/quote';
import type { Plan } from '../model/plan';
import { inStateFolder } from './inStateFolder';
import { comment, library, planData } from './planProgram';
import { keptFunctions } from './renderKept';
import { madeFunctions } from './renderMade';

/** What `--script` prints: a program that stores the plan on the host and executes it there. */
export const renderProgram = (plan: Plan, id: string): string => `${writeDown(plan, id)}exec ${apply}\n`;

/** What a host is sent: the same, and what runs when all of it is done. */
export const renderProgramThen = (plan: Plan, id: string, then: string): string =>
  `${writeDown(plan, id)}${apply} || exit\n${then}`;

const apply = 'sh "$change/plan.sh" apply';

function writeDown(plan: Plan, id: string): string {
  return `# ${comment(plan.title)}
while read -r key _ uid _; do [ "$key" != Uid: ] || break; done </proc/self/status
if [ "$uid" -ne 0 ]; then echo '@ outcome denied'; exit 7; fi
umask 077
${inStateFolder}
change=$base/changes/${quote(id)}
unwritable() { rm -rf "$change"; echo '@ outcome unwritable'; exit 3; }
mkdir -p "$base/attachments" "$base/finished" "$change" || unwritable
cat >"$change/plan.sh" <<'END_OF_PLAN_${id}' || unwritable
${renderPlan(plan, id)}
END_OF_PLAN_${id}
${plan.request ? asData(plan) : ''}`;
}

/** The plan as it is shown, to undo it or make it again. */
const asData = (plan: Plan): string =>
  `printf '%s\\n' ${quote(JSON.stringify(plan))} >"$change/plan.json" || unwritable\n`;

/** The plan itself as a shell program: its data, then the verbs and the executor. */
const renderPlan = (plan: Plan, id: string): string =>
  `#!/bin/sh\n${plan.spaces ? expanded(planData(plan, id)) : planData(plan, id)}${lasts(plan) ? `${keptFunctions(plan.keeps)}${madeFunctions(plan.makes)}` : ''}\n${library([plan])}`;

const lasts = ({ kind }: Plan): boolean => kind === 'keep' || kind === 'stop-keeping';
