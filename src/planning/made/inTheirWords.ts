import type { MadeIntent } from '../../model/lasting/made';
import { quote } from '../../model/quote';
import type { Asked } from '../../model/vfAttributes/table';

/** What creates VFs at boot, other than us. */
export interface Maker {
  name: string;
  /** The files where it is configured. */
  files: RegExp;
  /** The part of a file around a line, which tells which adapter is meant. */
  about: (lines: string[], line: string) => string;
  /** How to express the request there. */
  instead: (pf: string, intent: MadeIntent, path: string) => string;
}

const whole = (lines: string[]): string => lines.join('\n');
const onOff = (value: boolean): string => (value ? 'yes' : 'no');

/** One row each; the first whose files match. */
export const inTheirWords: Maker[] = [
  {
    name: 'NetworkManager',
    files: /\/NetworkManager\/.*\.nmconnection$|\/NetworkManager\/system-connections\//,
    about: whole,
    instead: (_, { count, vfs }, path) => {
      const connection = /([^/]+?)(?:\.nmconnection)?$/.exec(path)?.[1] ?? '';
      const each = vfs.map(({ index, settings }) => [index, ...forNetworkManager(settings)].join(' '));
      return `Set it there: nmcli connection modify ${quote(connection)} sriov.total-vfs ${count}${
        each.length > 0 ? ` sriov.vfs ${quote(each.join(', '))}` : ''
      }`;
    },
  },
  {
    name: 'NetworkManager',
    files: /\/NetworkManager\//,
    about: whole,
    instead: (_, { count }, path) => `Set it there: sriov-num-vfs=${count} in ${path}`,
  },
  {
    name: 'netplan',
    files: /\/netplan\//,
    about: netplanBlock,
    instead: (_, { count, vfs }, path) =>
      `Set it there: virtual-function-count: ${count} in ${path}, then netplan apply.${
        vfs.length > 0
          ? " It can't express the settings of VFs; use a unit of your own that runs after it."
          : ''
      }`,
  },
  {
    name: 'systemd-udevd',
    files: /\.link$/,
    about: whole,
    instead: (_, { count, vfs }, path) =>
      `Set it there, in ${path}: SR-IOVVirtualFunctions=${count} under [Link]${vfs
        .map(
          ({ index, settings }) => `; [SR-IOV] VirtualFunction=${index} ${forNetworkd(settings).join(' ')}`,
        )
        .join('')}`,
  },
  {
    name: 'The SR-IOV Network Operator',
    files: /\/sriov-operator\//,
    about: whole,
    instead: (_, { count }) =>
      `Set it there: numVfs: ${count} in the SriovNetworkNodePolicy that selects this adapter.`,
  },
  {
    name: 'A udev rule',
    files: /\/rules\.d\//,
    about: (_, line) => line,
    instead: (_, { count }, path) => `Change it there to ${count}, or remove it from ${path} first.`,
  },
  {
    name: 'A driver parameter',
    files: /\/modprobe\.d\//,
    about: (_, line) => line,
    instead: (_, { count }, path) => `Set it there: max_vfs=${count}; or remove it from ${path} first.`,
  },
  {
    name: 'Something else',
    files: /./,
    about: (_, line) => line,
    instead: (_, { count }, path) => `Change it there to ${count}, or remove it from ${path} first.`,
  },
];

/** The lines of the device that a line of netplan's YAML is indented under. */
function netplanBlock(lines: string[], line: string): string {
  const at = lines.indexOf(line);
  const indent = (text: string) => text.length - text.trimStart().length;
  const above = lines.slice(0, at).findLastIndex((one) => indent(one) < indent(line) && /:\s*$/.test(one));
  if (above < 0) return line;
  const head = lines[above] ?? '';
  const rest = lines.slice(above + 1);
  const end = rest.findIndex((one) => indent(one) <= indent(head));
  return [head.replace(/:\s*$/, ''), ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
}

/** The settings of a VF, as `sriov.vfs` of NetworkManager has them. */
export const forNetworkManager = ({ mac, vlan, spoofchk, trust, minTxRate, maxTxRate }: Asked): string[] => [
  ...(mac === undefined ? [] : [`mac=${mac}`]),
  ...(vlan === undefined ? [] : [`vlans=${vlan.id}.${vlan.qos}.${vlan.proto === '802.1Q' ? 'q' : 'ad'}`]),
  ...(spoofchk === undefined ? [] : [`spoof-check=${spoofchk}`]),
  ...(trust === undefined ? [] : [`trust=${trust}`]),
  ...(minTxRate === undefined ? [] : [`min-tx-rate=${minTxRate}`]),
  ...(maxTxRate === undefined ? [] : [`max-tx-rate=${maxTxRate}`]),
];

/** The same as `[SR-IOV]` of a .link file has them. It has no word for "no VLAN", which is what a new VF has. */
export const forNetworkd = ({ mac, vlan, spoofchk, trust, linkState }: Asked): string[] => [
  ...(mac === undefined ? [] : [`MACAddress=${mac}`]),
  ...(vlan === undefined || vlan.id === 0
    ? []
    : [`VLANId=${vlan.id}`, `QualityOfService=${vlan.qos}`, `VLANProtocol=${vlan.proto}`]),
  ...(spoofchk === undefined ? [] : [`MACSpoofCheck=${onOff(spoofchk)}`]),
  ...(trust === undefined ? [] : [`Trust=${onOff(trust)}`]),
  ...(linkState === undefined
    ? []
    : [`LinkState=${linkState === 'auto' ? 'auto' : onOff(linkState === 'enable')}`]),
];
