import type { parseArgs } from 'node:util';

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
  mac: { type: 'string' },
  vlan: { type: 'string' },
  clear: { type: 'boolean' },
  mtu: { type: 'string' },
  engine: { type: 'string' },
  mode: { type: 'string' },
  move: { type: 'boolean' },
  'macvlan-mode': { type: 'string' },
  trust: { type: 'string' },
  spoofchk: { type: 'string' },
  'min-rate': { type: 'string' },
  'max-rate': { type: 'string' },
  'link-state': { type: 'string' },
  driver: { type: 'string' },
  autoprobe: { type: 'string' },
} as const;

export type Parsed = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
export type Values = Parsed['values'];
export type OptionName = keyof typeof options;
