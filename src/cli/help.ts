import { engineNames } from '../model/container';
import { commands, type CommandName } from './commands';
import { askables } from '../model/vfAttributes/table';
import { inHelpOrder } from './configure';
import type { OptionName } from './options';

/** What each command is for, with its own options. */
const about: Record<CommandName, string> = {
  inventory: `  sriov inventory                        show adapters, containers and the VFs they have`,
  diagnose: `  sriov diagnose [--purpose netdev|vfio|vm] [--evidence FILE|-]
                [--since FILE]           check whether this host is ready, and what to change if not;
                                        --evidence: check a file instead; --since: compare with an
                                         earlier "diagnose --json"
  sriov diagnose --collect [FILE]        save what the checks read, with names, addresses and serial
                                         numbers masked, to share it`,
  'set-vfs': `  sriov set-vfs PF COUNT                set the number of VFs of an adapter`,
  configure: `${usage('  sriov configure VF')}
                                         configure a VF; VLAN 0 and rate 0: none; MAC 00:00:00:00:00:00:
                                         the VF chooses its own
  sriov configure PF --autoprobe on|off  whether new VFs are bound to a driver`,
  attach: `  sriov attach VF CONTAINER [--name NAME] [--address CIDR]... [--gateway IP]
               [--dhcp] [--route CIDR[,IP]]...
               [--mac MAC] [--vlan ID] [--clear] [--mtu BYTES] [--engine ${engineNames.join('|')}]
               [--mode vf|pf|macvlan] [--macvlan-mode bridge|private|vepa|passthru] [--move]
                                         pf: attach a whole PF; macvlan: add one on a PF or VF of the host;
                                         --move: take it from another container; VLAN 0: none;
                                         --clear: reset what the adapter enforces: VLAN, MAC, trust, …`,
  detach: `  sriov detach VF [CONTAINER]            give it back to the host as it was, or remove a macvlan`,
  fix: `  sriov fix FINDING [--subject WHAT] [--purpose netdev|vfio|vm] [--undo]
                                         apply the fix of a finding of "diagnose", or undo it`,
  undo: `  sriov undo                             undo the last finished change`,
  recover: `  sriov recover [--undo|--finish]        undo (or finish) interrupted changes, restore VFs of dead containers`,
  journal: `  sriov journal                          list the changes made on a host`,
};

const objects = `PF is a PCI address or an interface name; VF a PCI address, PF:INDEX or an interface name;
CONTAINER a name, an id prefix, or a named network namespace.`;

const everywhere = `  --host HOST            local (default), or an ssh destination
  --ssh-config FILE      ssh configuration file, as for ssh -F
  --json                 print one JSON document to stdout
  --help                 show this help, or that of a command
  --version              show the version`;

const changing = `Options of commands that change the host:
  --dry-run              show the plan, change nothing
  --script               print the shell program that would run
  --yes                  don't ask before losses and doubtful changes
  --force-interface NAME change a protected interface anyway`;

const ends = `Prompts of sudo and ssh appear on the terminal; SUDO_ASKPASS can name a program that prints sudo's password.

Exit: 0 done, 1 error found or host differs from the plan, 2 usage, 3 refused (nothing changed), 4 failed (all undone),
5 failed (some changes remain), 6 host not reached, 7 not permitted`;

/** What can be configured, behind the command, in lines that fit 100 columns. */
function usage(command: string): string {
  const options = inHelpOrder.map((key) => `[--${askables[key].option} ${askables[key].takes}]`);
  return options.reduce((text, option) => {
    const last = text.slice(text.lastIndexOf('\n') + 1);
    return last.length + 1 + option.length <= 100
      ? `${text} ${option}`
      : `${text}\n${' '.repeat(15)}${option}`;
  }, command);
}

/** All commands, or what one of them takes. */
export function help(command?: CommandName): string {
  if (command === undefined)
    return [
      'sriov: SR-IOV virtual functions for containers, safely and reversibly',
      Object.values(about).join('\n'),
      objects,
      `${everywhere}\n${changing}`,
      ends,
    ].join('\n\n');
  const takes: OptionName[] = commands[command].takes;
  const changes = takes.includes('dry-run');
  return [about[command], objects, changes ? `${everywhere}\n${changing}` : everywhere, ends].join('\n\n');
}
