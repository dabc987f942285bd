import { configureOptions } from './configure';
import type { OptionName } from './options';

interface Command {
  /** Its positional arguments; those in brackets are optional. */
  positionals: string[];
  takes: OptionName[];
}

const changing: OptionName[] = ['dry-run', 'script', 'yes', 'force-interface'];

/** Every command of `sriov`, and how it is called; what it does is in runs.ts. */
export const commands = {
  inventory: { positionals: [], takes: [] },
  diagnose: {
    positionals: ['[FILE]'],
    takes: ['purpose', 'evidence', 'collect', 'since'],
  },
  'set-vfs': { positionals: ['PF', 'COUNT'], takes: changing },
  configure: { positionals: ['VF'], takes: [...changing, ...configureOptions] },
  attach: {
    positionals: ['VF', 'CONTAINER'],
    takes: [
      ...changing,
      'name',
      'address',
      'dhcp',
      'gateway',
      'route',
      'mac',
      'vlan',
      'clear',
      'mtu',
      'engine',
      'mode',
      'macvlan-mode',
      'move',
    ],
  },
  detach: {
    positionals: ['VF', '[CONTAINER]'],
    takes: changing,
  },
  undo: { positionals: [], takes: changing },
  recover: { positionals: [], takes: [...changing, 'finish', 'undo'] },
  fix: { positionals: ['FINDING'], takes: [...changing, 'undo', 'subject', 'purpose'] },
  journal: { positionals: [], takes: [] },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;
