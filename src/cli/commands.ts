import { shells } from './completion/completing';
import { configureOptions } from './configure';
import { changing, options, type Option, type OptionName } from './options';

export interface Command {
  /** Its positional arguments: what is to be put there, `|` between alternatives; those in brackets are optional. */
  positionals: string[];
  /** What it does, in a line. */
  says: string;
  /** What else there is to know. */
  more?: string;
  takes: OptionName[];
  /** What its options are, where they are not what they are elsewhere. */
  here?: { [Name in OptionName]?: Partial<Pick<Option, 'takes' | 'says'>> };
}

/** What works on a host; what each of them does is in runs.ts. */
const onHosts = {
  inventory: {
    positionals: [],
    says: 'show adapters, containers and the VFs they have',
    takes: ['watch'],
  },
  diagnose: {
    positionals: ['[FILE]'],
    says: 'check whether this host is ready, and what to change if not',
    takes: ['purpose', 'evidence', 'collect', 'since'],
  },
  'set-vfs': { positionals: ['PF', 'COUNT'], says: 'set the number of VFs of an adapter', takes: changing },
  configure: {
    positionals: ['VF|PF'],
    says: 'configure a VF, or how new VFs of a PF begin',
    more: 'VLAN 0 and rate 0: none. MAC 00:00:00:00:00:00: the VF chooses its own. Rates are in Mbit/s. A PF takes --autoprobe, and nothing else.',
    takes: [...changing, ...configureOptions],
  },
  attach: {
    positionals: ['VF|PF', 'CONTAINER'],
    says: 'give it to a running container',
    takes: [
      ...changing,
      ...(['name', 'address', 'dhcp', 'gateway', 'route', 'mac', 'vlan', 'trust', 'clear', 'mtu'] as const),
      ...(['engine', 'mode', 'macvlan-mode', 'move'] as const),
    ],
    here: {
      mac: { says: 'MAC of the interface inside' },
      vlan: { takes: 'ID', says: 'VLAN that the adapter puts it into; 0: none' },
      trust: { says: 'whether the VF may change its MAC and receive all traffic' },
      mtu: { says: 'MTU of the interface inside' },
    },
  },
  detach: {
    positionals: ['VF|PF', '[CONTAINER]'],
    says: 'give it back to the host as it was, or remove a macvlan',
    takes: changing,
  },
  fix: {
    positionals: ['FINDING'],
    says: 'apply the fix of a finding of "diagnose", or undo it',
    takes: [...changing, 'subject', 'purpose', 'undo'],
    here: { undo: { says: 'undo the fix' } },
  },
  undo: { positionals: [], says: 'undo the last finished change', takes: changing },
  recover: {
    positionals: [],
    says: 'undo (or finish) interrupted changes, restore VFs of dead containers',
    takes: [...changing, 'undo', 'finish'],
  },
  journal: { positionals: [], says: 'list the changes made on a host', takes: [] },
} satisfies Record<string, Command>;

/** What is about `sriov` itself (runsHere.ts). */
const onItself = {
  completion: {
    positionals: [shells.join('|')],
    says: 'print what completes commands and names in a shell',
    takes: [],
  },
  manual: {
    positionals: [],
    says: 'print the manual page',
    more: '"sriov manual | man -l -" shows it.',
    takes: [],
  },
} satisfies Record<string, Command>;

/** Every command of `sriov`, and how it is called. */
export const commands = { ...onHosts, ...onItself };

export type HostCommand = keyof typeof onHosts;
export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
export const isOnHost = (command: CommandName): command is HostCommand => Object.hasOwn(onHosts, command);

/** An option as this command takes it. */
export const optionOf = (command: CommandName, name: OptionName): Option => ({
  ...options[name],
  ...(commands[command] as Command).here?.[name],
});
