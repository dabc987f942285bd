import type { Attribute } from './attribute';
import { oneOf } from './choice';

type LinkState = 'auto' | 'enable' | 'disable';
const states: readonly LinkState[] = ['auto', 'enable', 'disable'];

export const linkState: Attribute<LinkState, 'link-state'> = {
  ...{ name: 'link state', option: 'link-state', takes: states.join('|'), fresh: 'auto' },
  read: ({ link_state: state }) => (is(state) ? state : null),
  is,
  says: (state) => state,
  ipOptions: (state) => ['state', state],
  shows: (state) => `"link_state":"${state}"`,
  brings: (state) => `link state ${state}`,
  text: (state) => state,
  parse: (text) => oneOf('link-state', states, text),
  label: 'Link State',
  choices: () => [
    { label: 'auto', description: 'follows the link of the adapter', value: 'auto' },
    { label: 'enable', description: 'always up: VFs reach each other even without a cable', value: 'enable' },
    { label: 'disable', description: 'always down', value: 'disable' },
  ],
  fact: { label: 'Link state' },
  refusedBy: ['igb'],
};

function is(value: unknown): value is LinkState {
  return states.some((state) => state === value);
}
