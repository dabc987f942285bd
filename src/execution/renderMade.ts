import ownFolder from '../host/ownFolder.sh';
import { vfsText } from '../model/lasting/made';
import type { MadeProgram } from '../model/plan';
import { quote } from '../model/quote';
import later from './program/later.sh';
import made from './program/made.sh';
import settings from './program/settings.sh';
import verbs from './program/verbs.sh';
import { comment, library } from './planProgram';
import { planFunctions } from './renderKept';

/** What the verbs of madeVerbs.sh write, as functions that print it. */
export const madeFunctions = (makes: MadeProgram | undefined): string => `
made_unit() {
	cat <<'END_OF_UNIT'
${madeUnit}END_OF_UNIT
}
${
  makes
    ? `
made_program() {
	cat <<'END_OF_MADE'
${renderMade(makes)}END_OF_MADE
}
`
    : ''
}`;

/**
 * Runs before anything that configures networks or runs containers. Without the default dependencies, which would make it wait for
 * `sysinit.target`: cloud-init has units before that target which wait for the network.
 */
const madeUnit = `# Made by SR-IOV Workbench for VFs after a boot; it goes with the last of them.
[Unit]
Description=SR-IOV Workbench: VFs of an adapter (%i)
DefaultDependencies=no
RequiresMountsFor=/etc /var/lib/sriov-workbench
After=local-fs.target systemd-modules-load.service systemd-udevd.service systemd-udev-trigger.service
Wants=network-pre.target
Before=network-pre.target containerd.service docker.service podman.service podman-restart.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /etc/sriov-workbench/adapters.d/%i.sh boot
TimeoutStartSec=300
SyslogIdentifier=sriov-workbench

[Install]
WantedBy=multi-user.target
`;

/** The program of an intent: how many VFs of which adapter, and the plans that create and configure them. */
function renderMade({ intent, make, settle }: MadeProgram): string {
  const { id, pf, pfMac, pfName, count } = intent;
  const variables = {
    ...{ kept: id, pf, pf_mac: pfMac ?? '', count: `${count}` },
    settled: settle.map(({ index }) => index).join(' '),
  };
  return `#!/bin/sh
# Makes ${vfsText(count)} of ${pf} (${comment(pfName)}) after each boot. Made by SR-IOV Workbench (docs/lasting.md).

${Object.entries(variables)
  .map(([variable, value]) => `${variable}=${quote(value)}`)
  .join('\n')}

settled_vf() {
	case $1 in
${intent.vfs.map(({ index, vf }) => `\t${index}) echo ${quote(vf)} ;;`).join('\n')}
	esac
}

${planFunctions('make', make)}
${settle.map(({ index, plan }) => planFunctions(`settle_${index}`, plan)).join('\n')}
library() {
	cat <<'END_OF_LIBRARY'
${library([make, ...settle.map(({ plan }) => plan)])}END_OF_LIBRARY
}

${[ownFolder, verbs, settings, later, made].join('\n')}`;
}
