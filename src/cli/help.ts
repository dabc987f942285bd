import { engineNames } from '../model/container';
import { commands, type CommandName } from './commands';
import { askables } from '../model/vfAttributes/table';
import { inHelpOrder } from './configure';
import type { OptionName } from './options';

/** What each command is for, with its own options. */
const about: Record<CommandName, string> = {
  inventory: `  sriov inventory                        adapters, VFs, containers and who holds what`,
  diagnose: `  sriov diagnose [--purpose netdev|vfio|vm] [--evidence FILE|-]
                [--since FILE]           is this host ready, and if not, what to change; offline on a file;
                                         and what changed since an earlier "diagnose --json"
  sriov diagnose --collect [FILE]        writes what the checks look at, with names, addresses and serial
                                         numbers masked, to send to somebody`,
  'set-vfs': `  sriov set-vfs PF COUNT                 how many VFs an adapter has`,
  configure: `${usage('  sriov configure VF')}
                                         what the adapter enforces for a VF; VLAN 0 and rate 0 are none,
                                         MAC 00:00:00:00:00:00 lets the VF choose its own
  sriov configure PF --autoprobe on|off  whether new VFs get a driver`,
  attach: `  sriov attach VF CONTAINER [--name NAME] [--address CIDR]... [--gateway IP]
               [--dhcp] [--route CIDR[,IP]]...
               [--mac MAC] [--vlan ID] [--clear] [--mtu BYTES] [--engine ${engineNames.join('|')}]
               [--mode vf|pf|macvlan] [--macvlan-mode bridge|private|vepa|passthru] [--move]
                                         pf: a whole PF; macvlan: one on a PF or VF of the host;
                                         --move: also from another container; VLAN 0: none;
                                         --clear: without what the adapter enforces already: VLAN, MAC, trust, …`,
  detach: `  sriov detach VF [CONTAINER]            gives it back exactly as it was; removes a macvlan (of that container)`,
  fix: `  sriov fix FINDING [--subject WHAT] [--purpose netdev|vfio|vm] [--undo]
                                         changes what a finding of diagnose is about, or takes that back`,
  undo: `  sriov undo                             takes back the last finished change`,
  recover: `  sriov recover [--undo|--finish]        undoes (or finishes) interrupted changes, restores VFs of dead containers`,
  journal: `  sriov journal                          the changes made on a host`,
};

const objects = `PF is a PCI address or an interface name; VF a PCI address, PF:INDEX or an interface name;
CONTAINER a name or the beginning of an id, or a named network namespace.`;

const everywhere = `  --host HOST            local (default), or any ssh destination
  --ssh-config FILE      as ssh -F
  --json                 one JSON document on stdout
  --help                 this, or what one command takes
  --version              of sriov`;

const changing = `Changing commands also take
  --dry-run              show the plan, change nothing
  --script               print the shell program that would run
  --yes                  confirm what would be lost, and what is doubtful
  --force-interface NAME change a protected interface all the same`;

const ends = `What sudo and ssh ask is asked on the terminal; SUDO_ASKPASS may name a program that knows sudo's password.

Exit: 0 done, 1 error found or not as promised, 2 usage, 3 refused (nothing changed), 4 failed (all put back),
5 failed (something is stuck), 6 host not reached, 7 not permitted`;

/** What can be configured, behind the command, in lines that fit 100 columns. */
function usage(command: string): string {
  const words = inHelpOrder.map((key) => `[--${askables[key].option} ${askables[key].takes}]`);
  return words.reduce((text, word) => {
    const last = text.slice(text.lastIndexOf('\n') + 1);
    return last.length + 1 + word.length <= 100 ? `${text} ${word}` : `${text}\n${' '.repeat(15)}${word}`;
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
