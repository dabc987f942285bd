import type { Attribute } from './attribute';
import { onOff } from './choice';

export const spoofchk: Attribute<boolean, 'spoofchk'> = {
  ...{ name: 'spoof check', option: 'spoofchk', label: 'Spoof Check', fact: { label: 'Spoof check' } },
  ...onOff(
    ...(['spoofchk', 'spoofchk', 'spoofchk'] as const),
    'frames with a source MAC other than its own are dropped',
    'required for a bridge or macvlan on top of it',
  ),
  fresh: true,
  // Whether it is on at first is the driver's choice.
  sureOf: (facts) => facts?.checksSpoofing === true,
  brings: () => 'no spoof check',
};
