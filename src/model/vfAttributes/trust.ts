import type { Attribute } from './attribute';
import { onOff } from './choice';

export const trust: Attribute<boolean, 'trust'> = {
  ...{ name: 'trust', option: 'trust', label: 'Trust', fact: { label: 'Trusted' } },
  ...onOff(
    ...(['trust', 'trust', 'trust'] as const),
    'it may change its MAC and receive all traffic',
    'it is limited to what the adapter set for it',
  ),
  fresh: false,
  brings: () => 'trust',
};
