import { command } from '../command';
import { vfsNow } from '../rules/attempts';
import { fix } from '../rule';
import type { Failure } from '../view/failures';
import { countBefore } from '../view/history';
import type { View } from '../view/view';
import { changeMode, freeSwitch } from './remedies';
import type { Question } from './weigh';

/** What drivers name when the switch itself is in use. */
export const switchHeld =
  /e-?switch\b.{0,30}\bis busy|\b(?:mode|eswitch|switchdev)\b.{0,60}\b(?:LAG|bond\w*|IPsec|tc|qdiscs?|rules?|filters?|offload(?:ed|s)?|QoS|in progress|another)\b.{0,40}\b(?:active|exists?|present|configured|in use|offloaded|progress|enabled|change|operation)|\b(?:can'?t|cannot|unable to) (?:change|switch|set)\b.{0,20}\bmode\b.{0,20}\b(?:when|while|during|because|until)\b(?!.*\bVFs?\b)|\b(?:LAG|bond\w*|IPsec|tc|qdiscs?|rules?|filters?|another \w+)\b.{0,60}\b(?:can'?t|cannot|unable to|not (?:allowed|possible)).{0,30}\b(?:mode|eswitch|switchdev)\b/i;
const had = (view: View, { command: typed }: Failure): number | null =>
  countBefore(view.evidence.commands, typed) ?? vfsNow(view);

/** A mode of the eswitch that was refused. */
export const eswitchError: Question<Failure> = {
  title: 'The eswitch mode could not be changed',
  candidates: [
    {
      cause: 'switchdev-needs-zero-vfs',
      title: 'The eswitch mode cannot be changed while VFs exist',
      is: "switching between legacy and switchdev rebuilds the adapter's switch, and the driver or its firmware refuses while there are VFs (or VFs bound to their driver)",
      shownBy: (view, failure) =>
        !switchHeld.test(failure.error) &&
        ((had(view, failure) ?? 0) > 0 ||
          /\bVFs?\b|numvfs|Failed setting eswitch to offloads/i.test(failure.text)),
      excludedBy: (view, failure) =>
        had(view, failure) === 0 || view.said.some(({ text }) => /E-Switch: \w+: .*\bnvfs\(0\)/.test(text)),
      fixes: changeMode,
    },
    {
      cause: 'eswitch-busy',
      title: 'The switch of the adapter is in use',
      is: 'tc rules, a bridge, a bond or an offload hold its switch, or another change of the mode is running',
      shownBy: (_, { error }) => switchHeld.test(error),
      fixes: freeSwitch,
    },
  ],
  decide: fix('command', 'Read the number of VFs: if it is not 0, they are the reason', {
    commands: [command`cat /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`],
  }),
};

/** The mode that was asked for last. */
export const modeWanted = (view: View): string =>
  view.said.flatMap(({ text }) => /\bset\b.*\bmode (legacy|switchdev)\b/.exec(text)?.[1] ?? []).at(-1) ??
  'switchdev';

/** `devlink dev eswitch show` says that the mode is the one that was asked for: whatever failed before is over. */
export const modeReached = (view: View): boolean =>
  view.said.flatMap(({ text }) => /^pci\/\S+: mode (legacy|switchdev)\b/.exec(text)?.[1] ?? []).at(-1) ===
  modeWanted(view);
