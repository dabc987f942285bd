/** What the help and the manual say of `sriov` as a whole. */

export const summary = 'SR-IOV virtual functions for containers, safely and reversibly';

export const objects =
  'PF is a PCI address or an interface name; VF a PCI address, PF:INDEX or an interface name; CONTAINER a name, an id prefix, or a named network namespace.';

export const prompts =
  "Prompts of sudo and ssh appear on the terminal; SUDO_ASKPASS can name a program that prints sudo's password.";

export const exitCodes =
  'Exit: 0 done, 1 error found or host differs from the plan, 2 usage, 3 refused (nothing changed), 4 failed (all undone), 5 failed (some changes remain), 6 host not reached, 7 not permitted';
