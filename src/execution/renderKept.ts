import ownFolder from '../host/ownFolder.sh';
import { clients } from '../model/engines';
import { linkFile, meantText, type KeepingEngine } from '../model/lasting/kept';
import { expanded, late } from '../model/lasting/late';
import type { KeptProgram, Plan } from '../model/plan';
import type { Trigger } from '../model/request';
import { quote, quoteAll } from '../model/quote';
import { engineShell } from './engineShell';
import hook from './program/hook.sh';
import kept from './program/kept.sh';
import keptRuns from './program/keptRuns.sh';
import later from './program/later.sh';
import namespaces from './program/namespaces.sh';
import settings from './program/settings.sh';
import verbs from './program/verbs.sh';
import watcher from './program/watch.sh';
import { library, planData } from './planProgram';

/** What the verbs of keptVerbs.sh write, as functions that print it. */
export const keptFunctions = (keeps: KeptProgram | undefined): string => `
watcher_program() {
	cat <<'END_OF_WATCHER'
${watcher}END_OF_WATCHER
}

watcher_unit() {
	cat <<'END_OF_UNIT'
${watcherUnit}END_OF_UNIT
}
${
  keeps
    ? `
kept_program() {
	cat <<'END_OF_KEPT'
${renderKept(keeps)}END_OF_KEPT
}
`
    : ''
}`;

/** It starts with its engine, and restarts whenever it ends; its log is bounded. */
const watcherUnit = `# Made by SR-IOV Workbench for attachments that last; it goes with the last of them.
[Unit]
Description=SR-IOV Workbench: VFs that are kept for containers of %i
After=%i.service network-pre.target
StartLimitIntervalSec=0

[Service]
ExecStart=/bin/sh /etc/sriov-workbench/watch.sh %i
Restart=always
RestartSec=5
SyslogIdentifier=sriov-workbench
LogRateLimitIntervalSec=60
LogRateLimitBurst=100

[Install]
WantedBy=multi-user.target %i.service
`;

/**
 * The program of an intent: which VF, which container, and the two plans. kept.sh resolves what they could not know, then
 * writes one of them down as the program of a change like any other, and has it executed.
 */
export function renderKept({ intent, attach, giveBack }: KeptProgram): string {
  const { id, engine, container, vf, pf, pfMac, index, hostName, link, inside, trigger } = intent;
  const name = 'name' in container ? container.name : '';
  const labels = 'name' in container ? {} : container.labels;
  const variables = {
    ...{ kept: id, engine, id_field: idField(engine), meant_name: name },
    meant_labels: quoteAll(
      Object.entries(labels).flatMap(([key, value]) => ['--filter', `label=${key}=${value}`]),
    ),
    ...{ vf, pf, pf_mac: pfMac ?? '', index: `${index}`, host_name: hostName, inside },
    udev_link: link ? linkFile(id) : '',
  };
  return `#!/bin/sh
# Keeps VF ${index} of ${pf} (${vf}) for ${meantText(container)} of ${engine}, as ${inside}. Made by SR-IOV Workbench:
# an attachment that lasts (docs/lasting.md). ${calledBy[trigger](engine, name || '*')}

${Object.entries(variables)
  .map(([variable, value]) => `${variable}=${quote(value)}`)
  .join('\n')}

${planFunctions('attach', attach)}
${planFunctions('give_back', giveBack)}
library() {
	cat <<'END_OF_LIBRARY'
${library([attach, giveBack])}END_OF_LIBRARY
}

${[ownFolder, verbs, settings, engineShell, namespaces, later, kept, ...(trigger === 'cdi' ? [hook] : []), keptRuns].join('\n')}`;
}

const calledBy: Record<Trigger, (engine: KeepingEngine, name: string) => string> = {
  watcher: (engine, name) => `What calls this finds it by the next line.\n# when ${engine} ${name}`,
  cdi: () => 'The runtime of a container calls this that has the device.',
};

const idField = (engine: KeepingEngine): string =>
  clients.find(({ name }) => name === engine)?.client.id ?? 'Id';

/** The data of a plan, the titles of its steps, and the reasons for refusing to begin. */
export const planFunctions = (name: string, plan: Plan): string => `${name}_plan() {
	cat <<'END_OF_PLAN'
${expanded(planData(plan, late('change')))}END_OF_PLAN
}
${texts(
  `${name}_step`,
  plan.steps.map(({ title }) => title),
)}
${texts(
  `${name}_requires`,
  plan.preconditions.map(({ otherwise }) => otherwise),
)}
`;

const texts = (name: string, all: string[]): string => `${name}() {
	case $1 in
${all.map((text, index) => `\t${index + 1}) printf '%s\\n' ${expanded(quote(text))} ;;`).join('\n')}
	esac
}`;
