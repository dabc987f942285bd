/** The words were wrong; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = (): string => `sriov: SR-IOV virtual functions for containers, safely and reversibly

  sriov inventory                        adapters, VFs, containers and who holds what
  sriov diagnose [--purpose netdev|vfio|vm] [--evidence FILE|-]
                [--since FILE]           is this host ready, and if not, what to change; offline on a file;
                                         and what changed since an earlier "diagnose --json"
  sriov diagnose --collect [FILE]        writes what the checks look at, with names, addresses and serial
                                         numbers masked, to send to somebody
  sriov set-vfs PF COUNT                 how many VFs an adapter has
  sriov configure VF [--mac MAC] [--vlan ID[:QOS[:PROTO]]] [--trust on|off] [--spoofchk on|off]
               [--min-rate MBITS] [--max-rate MBITS] [--link-state auto|enable|disable]
               [--mtu BYTES] [--driver NAME|none]
                                         what the adapter enforces for a VF; VLAN 0 and rate 0 are none,
                                         MAC 00:00:00:00:00:00 lets the VF choose its own
  sriov configure PF --autoprobe on|off  whether new VFs get a driver
  sriov attach VF CONTAINER [--name NAME] [--address CIDR]... [--gateway IP]
               [--route CIDR[,IP]]...
               [--mac MAC] [--vlan ID] [--mtu BYTES] [--engine docker|podman|netns]
               [--mode vf|pf|macvlan] [--macvlan-mode bridge|private|vepa|passthru] [--move]
                                         pf: a whole PF; macvlan: one on a PF or VF of the host;
                                         --move: also from another container
  sriov detach VF [CONTAINER]            gives it back exactly as it was; removes a macvlan (of that container)
  sriov fix FINDING [--subject WHAT] [--undo]
                                         changes what a finding of diagnose is about, or takes that back
  sriov undo                             takes back the last finished change
  sriov recover [--undo|--finish]        undoes (or finishes) interrupted changes, restores VFs of dead containers
  sriov journal                          the changes made on a host

PF is a PCI address or an interface name; VF a PCI address, PF:INDEX or an interface name;
CONTAINER a name or the beginning of an id, or a named network namespace.

  --host HOST            local (default), or any ssh destination
  --ssh-config FILE      as ssh -F
  --json                 one JSON document on stdout
Changing commands also take
  --dry-run              show the plan, change nothing
  --script               print the shell program that would run
  --yes                  confirm what would be lost
  --force-interface NAME change a protected interface all the same

What sudo and ssh ask is asked on the terminal; SUDO_ASKPASS may name a program that knows sudo's password.

Exit: 0 done, 1 error found or not as promised, 2 usage, 3 refused (nothing changed), 4 failed (all put back),
5 failed (something is stuck), 6 host not reached, 7 not permitted`;
