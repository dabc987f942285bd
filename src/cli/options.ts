import type { parseArgs } from 'node:util';
import { engineNames } from '../model/container';
import { purposes } from '../model/finding';
import { attachModes, macvlanModes } from '../model/request';
import { colorChoices } from './shown/colors';
import { askables, type AttributeOption } from '../model/vfAttributes/table';

export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: true;
  /** What follows it: words to choose from, and in capitals what is to be put there. */
  takes?: string;
  /** What it does, or which value it is. */
  says: string;
}

type Attributes = Record<AttributeOption, { type: 'string'; takes: string; says: string }>;
const attributes = Object.fromEntries(
  Object.values(askables).map(({ option, takes, name }) => [option, { type: 'string', takes, says: name }]),
) as Attributes;

/**
 * Every option of `sriov`; which command takes which is in the table of commands. Parsing, help, completion and the manual are made
 * from both.
 */
export const options = {
  host: { type: 'string', takes: 'HOST', says: 'local (default), or an ssh destination' },
  'ssh-config': { type: 'string', takes: 'FILE', says: 'ssh configuration file, as for ssh -F' },
  json: { type: 'boolean', says: 'print one JSON document to stdout' },
  color: {
    type: 'string',
    takes: colorChoices.join('|'),
    says: 'colors: on a terminal (auto; NO_COLOR and TERM=dumb turn them off), or by choice; never in JSON',
  },
  help: { type: 'boolean', short: 'h', says: 'show this help, or that of a command' },
  version: { type: 'boolean', says: 'show the version' },
  'dry-run': { type: 'boolean', says: 'show the plan, change nothing' },
  script: { type: 'boolean', says: 'print the shell program that would run' },
  yes: { type: 'boolean', short: 'y', says: "don't ask before losses and doubtful changes" },
  'force-interface': { type: 'string', takes: 'NAME', says: 'change a protected interface anyway' },
  watch: {
    type: 'boolean',
    says: 'show it again at every change, until Ctrl-C; with --json one document a line',
  },
  finish: { type: 'boolean', says: 'finish what was interrupted' },
  undo: { type: 'boolean', says: 'undo what was interrupted' },
  subject: { type: 'string', takes: 'WHAT', says: 'which of several findings: what it is about' },
  purpose: { type: 'string', takes: purposes.join('|'), says: 'what the host is to be ready for' },
  evidence: {
    type: 'string',
    takes: 'FILE|-',
    says: 'check a file, such as a kernel log, instead of the host',
  },
  collect: {
    type: 'boolean',
    says: 'save what the checks read to FILE, with names, addresses and serial numbers masked, to share it',
  },
  since: { type: 'string', takes: 'FILE|-', says: 'compare with an earlier "diagnose --json"' },
  name: { type: 'string', takes: 'NAME', says: 'name of the interface inside (default: that on the host)' },
  address: { type: 'string', multiple: true, takes: 'CIDR', says: 'an address with its prefix length' },
  dhcp: { type: 'boolean', says: 'get an IPv4 address by DHCP' },
  gateway: { type: 'string', takes: 'IP', says: 'default route' },
  route: { type: 'string', multiple: true, takes: 'CIDR[,IP]', says: 'another route, perhaps by a gateway' },
  clear: { type: 'boolean', says: 'reset what the adapter enforces: VLAN, MAC, trust, …' },
  engine: { type: 'string', takes: engineNames.join('|'), says: 'whose container it is' },
  mode: {
    type: 'string',
    takes: attachModes.join('|'),
    says: 'pf: attach a whole PF; macvlan: add one on a PF or VF of the host',
  },
  move: { type: 'boolean', says: 'take it from another container' },
  'macvlan-mode': { type: 'string', takes: macvlanModes.join('|'), says: 'how a macvlan treats others' },
  ...attributes,
  autoprobe: { type: 'string', takes: 'on|off', says: 'whether new VFs of a PF are bound to a driver' },
} as const satisfies Record<string, Option>;

export type Parsed = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
export type Values = Parsed['values'];
export type OptionName = keyof typeof options;

/** Those that every command takes. */
export const everywhere: OptionName[] = ['host', 'ssh-config', 'json', 'color', 'help', 'version'];
/** Those that every command takes which changes the host. */
export const changing: OptionName[] = ['dry-run', 'script', 'yes', 'force-interface'];
