import type { Attribute } from './attribute';
import { onOff } from './choice';

export const trust: Attribute<boolean, 'trust'> = {
  ...{ name: 'trust', option: 'trust', label: 'Trust', fact: { label: 'Trusted' } },
  ...onOff(
    ...(['trust', 'trust', 'trust'] as const),
    'it may change its MAC and see everybody’s frames',
    'it keeps to what the adapter gave it',
  ),
  fresh: false,
  brings: () => 'trust',
};
