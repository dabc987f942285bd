import { command } from '../command';
import { always, fix, hit, said, type Family, type Hit } from '../rule';
import { errnoIn } from '../view/errno';
import type { Failure } from '../view/failures';
import { quote, type View } from '../view/view';

const untrusted =
  /VF(?: \d+)? (?:(?:is|was) )?not trusted|VF is not trusted|switch the VF to trusted|(?:Unprivileged|untrusted) VF|VF \d+ requested MAC(?:VLAN)? filter but is administratively denied|\bvf untrusted\b|VF is not privileged to issue opcode|not trusted.{0,30}(?:promisc|multicast|MAC)|(?:promisc|allmulti)\w*.{0,40}not trusted|VF \d+ (?:failed|invalid).*opcode 10\b/i;
const spoofed = /\d+ Spoofed packets? detected|Spoof(?:ed)? event\(s\) detected/i;
const overridden =
  /attempt(?:ed|ing) to override administratively set (?:MAC|VLAN)|(?:PF|administrator|admin)\w*.{0,20}(?:has )?(?:already )?set (?:the |its )?MAC.{0,40}(?:cannot|refus|not allowed|denied)|MAC(?: address)? (?:has been|is|was) (?:administratively )?set by (?:the )?PF|MAC address \S+ not approved by the PF|PF has already set VF mac/i;

/**
 * `ip link set PF vf N …` and what CNI plugins and libvirt say when one of these settings fails: what was typed, or one line
 * that names setting and error. A long answer may list VFs, too.
 */
const failed = (view: View, setting: RegExp): Failure[] =>
  view.failures.filter(
    ({ command: typed, error }) =>
      setting.test(typed) || error.split('\n').some((line) => setting.test(line) && errnoIn(line) !== null),
  );
const hitOf = (f: Failure): Hit => hit(f.pci ?? f.iface, f.evidence);

const ratePattern =
  /\b(?:min_?tx_?rate|max_?tx_?rate|minTxRate|maxTxRate|tx_rate|set vf \d+ (?:min|max|rate)|vf \d+ rate)\b/i;
const rateRefused = (view: View): Hit[] => [
  ...failed(view, ratePattern)
    .filter(
      ({ errno }) => errno !== null && ['EOPNOTSUPP', 'EINVAL', 'ENOSYS', 'ERANGE', 'EPERM'].includes(errno),
    )
    .map(hitOf),
  ...said(
    /Invalid (?:min|max)[ _]tx[ _]rate|(?:min|max)(?:imum)?[ _]?tx[ _-]?rate\b.{0,60}\b(?:not supported|unsupported|ignored|only supported|invalid|exceeds?|would cause oversubscription|can'?t be >|\w+ on VF ?\d+ failed)|\bTX-rate must be\b|does ?n[o']t support (?:to set )?(?:min|max)[ _](?:tx[ _])?rate|ndo_set_vf_rate not supp|Granular QoS per VF (?:is )?not supported/i,
  )(view),
];

const infiniband = (view: View): boolean =>
  view.interfaces.some((iface) => iface.infiniband) ||
  view.lines.some(({ text }) =>
    /link\/infiniband|link_?type['": =]+(?:ib|infiniband)\b|Infiniband controller|\bib-sriov|\bib\d+\b|\bibp?\d+s\d|IPoIB/i.test(
      text,
    ),
  );
/** People say so of their adapters; then only the kernel's own answer to a VLAN counts. */
const infinibandNamed = (view: View): boolean =>
  view.lines.some(({ text }) => /(?<![/\w])infiniband\b(?![/\w])/i.test(text)) &&
  view.find(/link_?layer['": =]+ethernet|link\/ether\b|LINK_TYPE_P\d\W+ETH/i).length === 0;
const vlanRefused = (view: View): Hit[] =>
  infiniband(view)
    ? [
        ...failed(view, /\bvlan\b/i).map(hitOf),
        ...said(
          /vlan.{0,60}(?:not supported|unsupported|invalid|not allowed).{0,40}(?:infiniband|\bib\b)|(?:infiniband|\bIB\b).{0,60}vlan.{0,40}(?:not supported|unsupported|not allowed)/i,
        )(view),
      ].slice(0, 2)
    : [
        ...said(
          /vlan.{0,60}not supported.{0,30}infiniband|infiniband.{0,60}(?:does not|doesn'?t) support vlan/i,
        )(view),
        ...(infinibandNamed(view)
          ? failed(view, /\bvf \d+ vlan\b/i)
              .filter(({ errno }) => errno === 'EOPNOTSUPP')
              .map(hitOf)
          : []),
      ];

/** The VF's own address was set from its side, and refused. */
const ownMac = (view: View): Hit[] =>
  view.failures
    .filter(({ text, errno }) => {
      if (errno !== 'EPERM' && errno !== 'EBUSY' && errno !== 'EACCES') return false;
      const onPf = /\bvf \d+ mac\b/i.test(text);
      return (
        /ip link set\b.*\baddress\b|(?:effective |netlink )MAC|set(?:ting)? (?:the )?(?:VF )?(?:hardware|MAC) address|hw ether|SIOCSIFHWADDR|macaddress/i.test(
          text,
        ) && !onPf
      );
    })
    .map(hitOf);
const filterRefused = (view: View): Hit[] =>
  said(
    /Failed to (?:add|change) MAC (?:filter|address)|fail\w* to execute command (?:OP_)?(?:CONFIG_PROMISCUOUS_MODE|ADD_ETHER_ADDRESS)/i,
  )(view);

const setting = /\bvf \d+\b.*\b(?:state|spoofchk|trust|link state|query_rss|vlan|mac)\b/i;
const otherRefused = (view: View): Hit[] =>
  failed(view, setting)
    .filter(({ errno, text }) => (errno === 'EOPNOTSUPP' || errno === 'EINVAL') && !ratePattern.test(text))
    .map(hitOf);

const trust = [
  fix('command', 'Trust the VF', {
    commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} trust on`],
    risk: "A trusted VF may take any MAC address and see other VFs' traffic.",
  }),
];

export const vfRuntime: Family = {
  id: 'vf.settings',
  cause: 'vf-untrusted',
  fine: 'The log shows no VF with a runtime problem',
  looked: (view) => (view.live?.dmesgReadable ? quote(['kernel log'], 1) : []),
  rules: [
    {
      id: 'vf.untrusted',
      cause: 'vf-untrusted',
      severity: always('error'),
      when: said(untrusted),
      title: 'A request of a VF was rejected because it is not trusted',
      explain:
        'Only VFs that the physical function trusts may use additional MAC addresses, promiscuous mode and similar; bridges and macvlans inside the guest need it.',
      fixes: trust,
      yieldsTo: ['vf-mac-set-by-pf'],
      past: 'event',
    },
    {
      id: 'vf.spoofing-caught',
      cause: 'vf-untrusted',
      severity: always('warning'),
      when: said(spoofed),
      title: 'The spoof check dropped packets of a VF',
      explain:
        "Something behind the VF sends with an address other than the VF's: a bridge or a macvlan in the guest, or a changed MAC address.",
      fixes: [
        fix('command', 'If this is intended, disable the check', {
          commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} spoofchk off trust on`],
          risk: 'The VF can then send from any address.',
        }),
      ],
      yieldsTo: ['vf-untrusted'],
      past: 'event',
    },
    {
      id: 'vf.mac-set-by-pf',
      cause: 'vf-mac-set-by-pf',
      severity: always('error'),
      when: (view) => [...said(overridden)(view), ...ownMac(view)],
      title: 'The VF may not change a setting that the physical function enforces',
      explain:
        'Once an address (or a VLAN) is set through the physical function, an untrusted VF may not choose another one. Some drivers then stop the VF until it is brought down and up.',
      fixes: [
        fix('command', 'Set the address through the physical function, then bring the VF down and up', {
          commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} mac ${'MAC'}`],
        }),
        ...trust,
      ],
      past: 'event',
    },
    {
      id: 'vf.mac-filter-refused',
      cause: 'vf-untrusted',
      severity: always('warning'),
      when: filterRefused,
      title: 'The physical function rejected a MAC address of the VF',
      explain:
        'The address was set administratively, or the VF may only have more than one if it is trusted. The log of the physical function says which.',
      fixes: trust,
      yieldsTo: ['vf-untrusted', 'vf-mac-set-by-pf', 'driver-bug'],
      past: 'event',
    },
    {
      id: 'vf.rate-unsupported',
      cause: 'rate-limit-unsupported',
      severity: always('error'),
      when: rateRefused,
      title: "The adapter's driver does not support this transmit rate",
      explain:
        'Few drivers (Mellanox) support a minimum rate, a maximum must be within the link speed, and some drivers support neither.',
      fixes: [
        fix('command', 'Leave min_tx_rate at 0; set max_tx_rate no higher than the link speed', {
          commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} max_tx_rate ${'MBITS'} min_tx_rate 0`],
        }),
      ],
      yieldsTo: ['setting-conflict'],
      past: 'event',
    },
    {
      id: 'vf.vlan-on-infiniband',
      cause: 'vlan-unsupported-infiniband',
      severity: always('error'),
      when: vlanRefused,
      title: 'InfiniBand has no VLANs for VFs',
      explain: 'On an InfiniBand link partitions (P_Keys) separate traffic; a VF VLAN cannot be set there.',
      fixes: [
        fix(
          'command',
          'Use a partition key instead of a VLAN, or switch the port to Ethernet (mlxconfig LINK_TYPE_P1=2)',
        ),
      ],
      past: 'event',
    },
    {
      id: 'vf.setting-refused',
      cause: 'other',
      severity: always('warning'),
      when: otherRefused,
      title: 'The driver does not support this VF setting',
      explain:
        'Not every driver supports every setting; igb and ixgbe have no link state "enable", for example. Settings made earlier in the same call may remain.',
      yieldsTo: [
        'vlan-unsupported-infiniband',
        'rate-limit-unsupported',
        'vf-mac-set-by-pf',
        'setting-conflict',
      ],
      past: 'event',
    },
  ],
};
