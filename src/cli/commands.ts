import { shells } from './completion/completing';
import { configureOptions } from './configure';
import { exportFormats } from '../planning/declared/exports/formats';
import { runLineEngines } from '../planning/userspace/engines';
import { preparingOptions, runLineOptions } from './dpdk/options';
import { changing, options, type Option, type OptionName } from './options';

export interface Command {
  /** Its positional arguments, `|` between alternatives; those in brackets are optional, `...`: any number. */
  positionals: string[];
  /** What it does, in a line. */
  says: string;
  /** What else there is to know. */
  more?: string;
  takes: OptionName[];
  /** Its options, where they differ from elsewhere. */
  here?: { [Name in OptionName]?: Partial<Pick<Option, 'takes' | 'says'>> };
}

/** Commands that work on a host; runs.ts says what each does. */
const onHosts = {
  inventory: {
    positionals: [],
    says: 'show adapters, containers and the VFs they have',
    takes: ['watch'],
  },
  counters: {
    positionals: ['[PF|VF]...'],
    says: 'show rates, drops and errors until Ctrl-C',
    more: 'Without arguments, of all PFs and VFs. With --json, one sample per line.',
    takes: ['seconds', 'interval'],
  },
  diagnose: {
    positionals: ['[FILE]'],
    says: 'check whether this host is ready, and what to change if not',
    takes: ['purpose', 'evidence', 'collect', 'since'],
  },
  'set-vfs': {
    positionals: ['PF', 'COUNT'],
    says: 'set the number of VFs of an adapter',
    takes: [...changing, 'lasting'],
  },
  configure: {
    positionals: ['VF|PF'],
    says: 'configure a VF, or whether new VFs of a PF get a driver',
    more: 'VLAN 0 and rate 0 mean none; with MAC 00:00:00:00:00:00 the VF chooses its own. Rates are in Mbit/s. For a PF, only --autoprobe is allowed.',
    takes: [...changing, ...configureOptions, 'lasting'],
  },
  attach: {
    positionals: ['VF|PF', 'CONTAINER'],
    says: 'give a VF or PF to a running container',
    takes: [
      ...changing,
      ...(['name', 'address', 'dhcp', 'gateway', 'route', 'mac', 'vlan', 'trust', 'clear', 'mtu'] as const),
      ...(['engine', 'mode', 'macvlan-mode', 'move', 'lasting', 'via'] as const),
    ],
    here: {
      mac: { says: 'MAC of the interface inside' },
      vlan: { takes: 'ID', says: 'VLAN that the adapter puts it into; 0: none' },
      trust: { says: 'whether the VF may change its MAC and receive all traffic' },
      mtu: { says: 'MTU of the interface inside' },
      lasting: { says: 'whenever the container runs; it need not exist yet' },
    },
  },
  detach: {
    positionals: ['VF|PF', '[CONTAINER]'],
    says: 'give it back to the host as it was, or remove a macvlan',
    takes: changing,
  },
  dpdk: {
    positionals: ['prepare|run-line', 'VF', '[VF]...'],
    says: 'prepare VFs for DPDK, or print what runs a container with them',
    more: 'All VFs are of one adapter.',
    takes: [...changing, ...preparingOptions, ...runLineOptions],
    here: {
      engine: { takes: runLineEngines.join('|'), says: 'run-line: by what it is run; docker (default)' },
    },
  },
  capture: {
    positionals: ['VF|PF|CONTAINER:IFNAME'],
    says: 'show or save the packets of an interface, until Ctrl-C',
    takes: ['filter', 'count', 'seconds', 'size', 'write'],
  },
  'check-path': {
    positionals: ['VF|PF|CONTAINER:IFNAME'],
    says: 'check whether packets get through, and what is wrong if not',
    takes: ['gateway'],
    here: { gateway: { says: 'address to reach, instead of the known gateways' } },
  },
  lasting: {
    positionals: ['[show|remove|check]', '[ID]'],
    says: 'list attachments and VFs that last; check or remove them',
    takes: [...changing, 'all', 'detach'],
  },
  plan: {
    positionals: ['FILE'],
    says: 'show the changes that make the host as a file declares',
    more: 'Exits with 0 if nothing differs, with 2 if something does, and with another status if that is unknown or something is in the way.',
    takes: ['out'],
  },
  apply: {
    positionals: ['FILE|PLAN'],
    says: 'make the host as a file declares, or leave it unchanged',
    takes: ['dry-run', 'yes'],
  },
  drift: {
    positionals: ['FILE'],
    says: 'show what is no longer as declared, since when and by whom',
    more: 'Exits as "sriov plan" does.',
    takes: [],
  },
  adopt: { positionals: [], says: 'print the file that declares the host as it is', takes: [] },
  export: {
    positionals: [exportFormats.join('|'), '[FILE]'],
    says: 'print what a file declares, or the host as it is, for something else to configure',
    more: 'What that has no words for is listed at the top, and as "unsaid" in JSON. With FILE, the host is read only if --host names one.',
    takes: ['out'],
    here: { out: { takes: 'DIR', says: 'write the files into this directory instead' } },
  },
  fix: {
    positionals: ['FINDING'],
    says: 'apply the fix for a finding of "diagnose", or undo it',
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

/** Commands about `sriov` itself (runsHere.ts). */
const onItself = {
  validate: { positionals: ['FILE'], says: 'check a file that declares a host, without a host', takes: [] },
  completion: {
    positionals: [shells.join('|')],
    says: 'print the completion script for a shell',
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
