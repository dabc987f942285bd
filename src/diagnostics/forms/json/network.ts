import { isObject, objects, shape, text, type Fields } from './shapes';

const on = (value: unknown): string => (value === true || value === 'on' ? 'on' : 'off');

function vfLine(vf: Fields): string {
  const [vlan] = objects(vf.vlan_list);
  const rate = isObject(vf.rate) ? vf.rate : {};
  return [
    `    vf ${text(vf.vf)}     link/${text(vf.link_type) || 'ether'} ${text(vf.mac ?? vf.address)}`,
    ...(vlan && vlan.vlan ? [`vlan ${text(vlan.vlan)}`] : []),
    ...(rate.max_tx ? [`max_tx_rate ${text(rate.max_tx)}Mbps`] : []),
    ...('spoofchk' in vf ? [`spoof checking ${on(vf.spoofchk)}`] : []),
    ...('link_state' in vf ? [`link-state ${text(vf.link_state)}`] : []),
    ...('trust' in vf ? [`trust ${on(vf.trust)}`] : []),
  ].join(', ');
}

/** `ip -j link` and `ip -j addr`. */
export const ipLinks = shape(
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    objects(value).some((one) => 'ifname' in one && Array.isArray(one.flags))
      ? objects(value)
      : null,
  (links) =>
    links.flatMap((link) => [
      `${text(link.ifindex) || '0'}: ${text(link.ifname)}: <${(link.flags as unknown[]).map(text).join(',')}> mtu ${text(link.mtu)} qdisc ${text(link.qdisc) || 'mq'} state ${text(link.operstate)}`,
      ...(link.address ? [`    link/${text(link.link_type) || 'ether'} ${text(link.address)}`] : []),
      ...objects(link.vfinfo_list).map(vfLine),
      ...objects(link.addr_info).map((one) => `    ${text(one.family)} ${text(one.local)}`),
      ...(Array.isArray(link.altnames) ? link.altnames.map((name) => `    altname ${text(name)}`) : []),
    ]),
);

const words = (fields: Fields): string =>
  Object.entries(fields)
    .flatMap(([key, value]) => (isObject(value) || Array.isArray(value) ? [] : [`${key} ${String(value)}`]))
    .join(' ');

/** `devlink -j dev`, `devlink -j port` and what else has handles for keys. */
export const devlink = shape(
  (value) => {
    if (!isObject(value)) return null;
    const [inner] = Object.values(value);
    return isObject(inner) &&
      Object.keys(inner).length > 0 &&
      Object.keys(inner).every((key) => /^(?:pci|netdevsim|auxiliary)\//.test(key))
      ? inner
      : null;
  },
  (handles) =>
    Object.entries(handles).flatMap(([handle, value]) =>
      isObject(value)
        ? [`${handle}: ${words(value)}`]
        : objects(value).map((one) => `${handle}: ${words(one)}`),
    ),
);
