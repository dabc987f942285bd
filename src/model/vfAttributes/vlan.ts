import { parseVlan, vlanText, type Vlan } from '../values';
import type { Attribute, IpVf } from './attribute';

export const vlan: Attribute<Vlan, 'vlan'> = {
  ...{ name: 'VLAN', option: 'vlan', takes: 'ID[:QOS[:PROTO]]', fresh: { id: 0, qos: 0, proto: '802.1Q' } },
  read,
  is,
  says: ({ id, qos, proto }) =>
    [`${id}`, ...(qos ? [`priority ${qos}`] : []), ...(proto === '802.1Q' ? [] : [proto])].join(' '),
  ipOptions: ({ id, qos, proto }) =>
    id === 0 ? ['vlan', '0'] : ['vlan', `${id}`, 'qos', `${qos}`, 'proto', proto],
  shows: ({ id, qos, proto }) =>
    id === 0
      ? 'no VLAN'
      : `"vlan":${id}${qos ? `,"qos":${qos}` : ''}${proto === '802.1Q' ? '[,}]' : '.*"protocol":"802.1ad"'}`,
  brings: ({ id }) => `VLAN ${id}`,
  title: (from, to, vf, pf) =>
    to.id === 0
      ? `Take ${vf} out of VLAN ${vlan.says(from)} on ${pf}`
      : `Put ${vf} into VLAN ${vlan.says(to)} on ${pf}`,
  text: vlanText,
  parse: (text, { pf, facts }) => {
    const value = parseVlan(text);
    if (typeof value === 'string') return { problem: value };
    return value.proto === '802.1ad' && facts?.takes8021ad === false
      ? { problem: `${pf?.driver} does not support 802.1ad VLANs.` }
      : { value };
  },
  label: 'VLAN',
  now: (value) => (value.id === 0 ? 'none' : vlanText(value)),
  prompt: ({ facts }) =>
    `VLAN ID, or 0 for none; optionally with a priority, as in 42:3${facts?.takes8021ad === false ? '' : ' and a protocol, as in 42:3:802.1ad'}.`,
  wanted: (value) => (value.id === 0 ? 'no VLAN' : `VLAN ${vlanText(value)}`),
  fact: { label: 'VLAN', text: (value) => (value.id === 0 ? null : vlanText(value)) },
};

/** Some drivers report "no VLAN" as 4095 (mlx), or as an empty list. */
function read(vf: IpVf): Vlan {
  const [first] = Array.isArray(vf.vlan_list) ? (vf.vlan_list as unknown[]) : [];
  const said = typeof first === 'object' && first !== null ? (first as IpVf) : vf;
  const id = typeof said.vlan !== 'number' || said.vlan === 4095 ? 0 : said.vlan;
  const isQinQ = typeof said.protocol === 'string' && said.protocol.toLowerCase() === '802.1ad';
  return {
    id,
    qos: id !== 0 && typeof said.qos === 'number' ? said.qos : 0,
    proto: isQinQ ? '802.1ad' : '802.1Q',
  };
}

function is(value: unknown): value is Vlan {
  if (typeof value !== 'object' || value === null) return false;
  const { id, qos, proto } = value as Record<keyof Vlan, unknown>;
  return typeof id === 'number' && typeof qos === 'number' && (proto === '802.1Q' || proto === '802.1ad');
}
