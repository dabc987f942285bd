/** What `ip -j link show PF` says of VF 0 after `ip link set PF vf 0 OPTION VALUE…` (iproute2's `iplink_parse_vf`, `print_vfinfo`). */
export function said(options: string[]): Record<string, unknown> {
  const row: Record<string, unknown> = { ...asNew };
  for (let at = 0; at < options.length; at += 2) {
    const [option = '', value = ''] = options.slice(at, at + 2);
    if (!(option in sets)) throw new Error(`ip takes no "${option}"`);
    Object.assign(row, sets[option]!(value, row));
  }
  return row;
}

const asNew = {
  ...{ vf: 0, address: '00:00:00:00:00:00', vlan_list: [{}], rate: { max_tx: 0, min_tx: 0 } },
  ...{ spoofchk: true, link_state: 'auto', trust: false, query_rss_en: false },
  ...{ 'node guid': '00:00:00:00:00:00:00:00', 'port guid': '00:00:00:00:00:00:00:00' },
};

type Row = Record<string, unknown>;
const vlanIn = ({ vlan_list: list }: Row): object => (list as object[])[0] ?? {};

const sets: Record<string, (value: string, row: Row) => Row> = {
  vlan: (id) => ({ vlan_list: [id === '0' ? {} : { vlan: Number(id) }] }),
  qos: (qos, row) => ({ vlan_list: [{ ...vlanIn(row), ...(qos === '0' ? {} : { qos: Number(qos) }) }] }),
  proto: (protocol, row) => ({
    vlan_list: [{ ...vlanIn(row), ...(protocol === '802.1Q' ? {} : { protocol }) }],
  }),
  trust: (on) => ({ trust: on === 'on' }),
  spoofchk: (on) => ({ spoofchk: on === 'on' }),
  min_tx_rate: (rate, row) => ({ rate: { ...(row.rate as object), min_tx: Number(rate) } }),
  max_tx_rate: (rate, row) => ({ rate: { ...(row.rate as object), max_tx: Number(rate) } }),
  query_rss: (on) => ({ query_rss_en: on === 'on' }),
  node_guid: (guid) => ({ 'node guid': guid }),
  port_guid: (guid) => ({ 'port guid': guid }),
  state: (state) => ({ link_state: state }),
};
