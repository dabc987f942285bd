import type { Attribute } from './attribute';
import { onOff } from './choice';

/** Whether the VF may ask for its RSS key and indirection table, which on some cards are the PF's and all its VFs'. */
export const queryRss: Attribute<boolean, 'query-rss'> = {
  ...{ name: 'RSS query', option: 'query-rss', label: 'RSS Query', fact: { label: 'RSS query' } },
  ...onOff(
    ...(['query-rss', 'query_rss', 'query_rss_en'] as const),
    'it may read the RSS key and table, which it shares with the adapter',
    'the adapter keeps its RSS key and table to itself',
  ),
  fresh: false,
  brings: () => 'RSS query',
  // By ndo_set_vf_rss_query_en.
  takenBy: ['ixgbe'],
};
