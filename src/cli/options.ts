import type { parseArgs } from 'node:util';
import { askables, type AttributeOption } from '../model/vfAttributes/table';

type Attributes = Record<AttributeOption, { type: 'string' }>;
const attributes = Object.fromEntries(
  Object.values(askables).map(({ option }) => [option, { type: 'string' }]),
) as Attributes;

/** Every option of `sriov`; which command takes which is in the table of commands. */
export const options = {
  host: { type: 'string' },
  'ssh-config': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  script: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  'force-interface': { type: 'string' },
  finish: { type: 'boolean' },
  undo: { type: 'boolean' },
  subject: { type: 'string' },
  purpose: { type: 'string' },
  evidence: { type: 'string' },
  collect: { type: 'boolean' },
  since: { type: 'string' },
  name: { type: 'string' },
  address: { type: 'string', multiple: true },
  dhcp: { type: 'boolean' },
  gateway: { type: 'string' },
  route: { type: 'string', multiple: true },
  clear: { type: 'boolean' },
  engine: { type: 'string' },
  mode: { type: 'string' },
  move: { type: 'boolean' },
  'macvlan-mode': { type: 'string' },
  ...attributes,
  autoprobe: { type: 'string' },
} as const;

export type Parsed = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
export type Values = Parsed['values'];
export type OptionName = keyof typeof options;
