import type { parseArgs } from 'node:util';
import { engineNames } from '../model/container';
import { purposes } from '../model/finding';
import { macvlanModes } from '../model/macvlan';
import { attachModes, triggers } from '../model/request';
import { colorChoices } from './shown/colors';
import { askables, type AttributeOption } from '../model/vfAttributes/table';

export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: true;
  /** Its argument: words to choose from, or placeholders in capitals. */
  takes?: string;
  /** What it does, or which value it is. */
  says: string;
}

type Attributes = Record<AttributeOption, { type: 'string'; takes: string; says: string }>;
const attributes = Object.fromEntries(
  Object.values(askables).map(({ option, takes, name }) => [option, { type: 'string', takes, says: name }]),
) as Attributes;

/**
 * Every option of `sriov`; the table of commands says which command takes which. Parsing, help, completion and the manual are derived
 * from both.
 */
export const options = {
  host: { type: 'string', takes: 'HOST', says: 'local (default), or an ssh destination' },
  'ssh-config': { type: 'string', takes: 'FILE', says: 'ssh configuration file, as for ssh -F' },
  json: { type: 'boolean', says: 'print one JSON document to stdout' },
  color: {
    type: 'string',
    takes: colorChoices.join('|'),
    says: 'colors; auto: on a terminal, unless NO_COLOR or TERM=dumb turns them off; never in JSON',
  },
  help: { type: 'boolean', short: 'h', says: 'show this help, or that of a command' },
  version: { type: 'boolean', says: 'show the version' },
  'dry-run': { type: 'boolean', says: 'show the plan, change nothing' },
  script: { type: 'boolean', says: 'print the shell program that would run' },
  yes: { type: 'boolean', short: 'y', says: "don't ask before losses and doubtful changes" },
  'force-interface': { type: 'string', takes: 'NAME', says: 'change a protected interface anyway' },
  watch: {
    type: 'boolean',
    says: 'show it again after every change, until Ctrl-C; with --json, one document per line',
  },
  seconds: { type: 'string', takes: 'N', says: 'end after N seconds' },
  interval: { type: 'string', takes: 'SECONDS', says: 'time between samples, 1 (default) to 60' },
  out: {
    type: 'string',
    takes: 'FILE',
    says: 'save the plan, which "sriov apply FILE" does as it is or not at all',
  },
  finish: { type: 'boolean', says: 'finish interrupted changes' },
  undo: { type: 'boolean', says: 'undo interrupted changes' },
  subject: { type: 'string', takes: 'WHAT', says: 'what the finding is about, if there are several' },
  purpose: { type: 'string', takes: purposes.join('|'), says: 'what the host should be ready for' },
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
  name: { type: 'string', takes: 'NAME', says: 'name of the interface inside (default: as on the host)' },
  address: { type: 'string', multiple: true, takes: 'CIDR', says: 'an address with its prefix length' },
  dhcp: { type: 'boolean', says: 'get an IPv4 address by DHCP' },
  gateway: { type: 'string', takes: 'IP', says: 'default route' },
  route: {
    type: 'string',
    multiple: true,
    takes: 'CIDR[,IP]',
    says: 'another route, optionally through a gateway',
  },
  clear: { type: 'boolean', says: 'reset what the adapter enforces: VLAN, MAC, trust, …' },
  engine: { type: 'string', takes: engineNames.join('|'), says: 'engine of the container' },
  mode: {
    type: 'string',
    takes: attachModes.join('|'),
    says: 'pf: attach a whole PF; macvlan: add one on a PF or VF of the host',
  },
  move: { type: 'boolean', says: 'take it from another container' },
  'macvlan-mode': { type: 'string', takes: macvlanModes.join('|'), says: 'mode of the macvlan' },
  filter: { type: 'string', takes: 'FILTER', says: 'only these packets, in tcpdump syntax: "icmp or arp"' },
  count: { type: 'string', takes: 'N', says: 'end after N packets' },
  size: { type: 'string', takes: 'MIB', says: 'end at this file size' },
  write: {
    type: 'string',
    short: 'w',
    takes: 'FILE|-',
    says: 'write a capture file instead of lines; -: stdout',
  },
  lasting: { type: 'boolean', says: 'again after each boot' },
  via: {
    type: 'string',
    takes: triggers.join('|'),
    says: 'what attaches it then; cdi: the container does not start without it',
  },
  all: { type: 'boolean', says: 'all of them' },
  detach: { type: 'boolean', says: 'detach those VFs, too' },
  ...attributes,
  hugepages: {
    type: 'string',
    takes: 'SIZE:COUNT',
    says: 'at least so many huge pages near the VFs: 1G:4, 2M:512',
  },
  image: { type: 'string', takes: 'IMAGE', says: 'image of the container' },
  'in-memory': { type: 'boolean', says: 'no mount of huge pages; for DPDK with --in-memory' },
  owner: { type: 'string', takes: 'USER[:GROUP]', says: 'who may use them besides root' },
  autoprobe: { type: 'string', takes: 'on|off', says: 'whether new VFs of a PF are bound to a driver' },
} as const satisfies Record<string, Option>;

export type Parsed = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
export type Values = Parsed['values'];
export type OptionName = keyof typeof options;

/** Options of every command. */
export const everywhere: OptionName[] = ['host', 'ssh-config', 'json', 'color', 'help', 'version'];
/** Options of every command that changes the host. */
export const changing: OptionName[] = ['dry-run', 'script', 'yes', 'force-interface'];
