import { command } from '../../command';
import { always, fix, hit, type Family, type Hit } from '../../rule';
import type { View } from '../../view/view';
import { anySays } from './says';

const setting = '(?:trust|spoof ?chk|port VLAN|VST|VGT\\+?|trunk(?:ing)?|QinQ|802\\.1ad|min_?tx_?rate)';
const told = anySays(
  /vlan trunk\w* (?:is|are) not supported/i,
  /VF min Tx rate limiting not allowed/i,
  /min(?:imum)?[ _]?tx[ _]?rate\b.{0,60}\b(?:greater|larger|higher|more|exceeds)\b.{0,40}\bmax/i,
  /'\w+: ?[\w-]+'(?: or \S+)* (?:conflicts with|requires) '\w+/,
  /VF index in pool .{0,80}\boverlap/i,
  /vlan id must be configured to set vlan/i,
  /requesting a port VLAN override/i,
  /mtu (?:greater|less) than device (?:maximum|minimum)/i,
  /VF max_frame \d+ out of range/i,
  /\bMTU\b.{0,40}\b(?:exceeds|greater than|larger than|beyond)\b.{0,30}\b(?:PF|uplink|physical function)/i,
  new RegExp(
    `\\b${setting}\\b.{0,60}\\b(?:cannot be \\w+ (?:while|when|with|if|because)|mutually exclusive|not allowed (?:while|when|with)|conflicts with)\\b`,
    'i',
  ),
);

const rateOf = (text: string, which: string): number =>
  Number(new RegExp(`\\b${which}_tx_rate\\s+(\\d+)`).exec(text)?.[1] ?? NaN);
/** A priority is part of a VLAN tag: without a VLAN there is none. */
const priorityAlone = (view: View): Hit[] =>
  view.failures
    .filter(
      ({ command: typed }) =>
        /\bvf \d+\b.*\bqos [1-7]\b/.test(typed) && !/\bvlan(?:_?id)? [1-9]\d*\b/.test(typed),
    )
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

/** A least rate above the highest one. */
const rates = (view: View): Hit[] =>
  view.failures
    .filter(({ command: typed }) => rateOf(typed, 'max') > 0 && rateOf(typed, 'min') > rateOf(typed, 'max'))
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

const trunks = /\/(?:sriov\/\d+|\{[\d.]+\}|\S+)\/trunk\b|\bVGT\+|Allowed 802\.1Q VLANs:\s*\d/;
/** A VLAN that a VF refuses, while its own VLANs (VGT+) were given to it. */
const vlanOfTrunk = (view: View): Hit[] => {
  const trunk = view.lines.filter(({ text }) => trunks.test(text));
  return trunk.length === 0
    ? []
    : view.failures
        .filter(
          ({ error, errno }) =>
            /\bvlan\b/i.test(error) && (errno === 'EPERM' || errno === 'EINVAL' || errno === 'EBUSY'),
        )
        .map((f) =>
          hit(f.iface ?? f.pci, [...f.evidence.filter((line) => /vlan/i.test(line)), ...trunk.slice(0, 2)]),
        );
};

/** A VF whose link was switched off at its PF, and that has no carrier for it. */
const linkOff = (view: View): Hit[] =>
  view.interfaces.flatMap(({ name, vfLines }) =>
    vfLines
      .filter((line) => /link-state disable/.test(line))
      .flatMap((line) => {
        const mac = /(?:link\/ether|MAC) ([0-9a-f:]{17})/.exec(line)?.[1];
        const index = /^\s*vf (\d+)/.exec(line)?.[1];
        const lines = view.said.map(({ text }) => text);
        const vf = view.interfaces.find(
          (one) =>
            !one.carrier &&
            one.flags.includes('UP') &&
            (one.name === `${name}v${index}` ||
              (mac !== undefined &&
                lines.some(
                  (text, at) => text.includes(`link/ether ${mac} `) && lines[at - 1] === one.header.trim(),
                ))),
        );
        return vf ? [hit(vf.name, [line, vf.header], { values: { PF: name, INDEX: index } })] : [];
      }),
  );

export const conflicts: Family = {
  id: 'vf.conflicts',
  cause: 'setting-conflict',
  fine: 'No setting of a VF stands against another',
  looked: () => [],
  rules: [
    {
      id: 'conflicts.settings',
      cause: 'setting-conflict',
      severity: always('error'),
      when: (view) => [...told(view), ...rates(view), ...priorityAlone(view), ...vlanOfTrunk(view)],
      title: 'A setting is refused because it conflicts with another one',
      explain:
        'Some settings exclude each other: a VLAN of the PF and trunking, a minimum rate and DCB or a lower maximum, a priority without a VLAN, an MTU beyond that of the physical function, vfio-pci and RDMA. The message names the conflicting one.',
      fixes: [
        fix('command', 'Leave one of the two out, or change the other one first', {
          commands: [command`ip -d link show`],
        }),
      ],
      past: 'event',
    },
    {
      id: 'conflicts.link-off',
      cause: 'setting-conflict',
      severity: always('warning'),
      when: linkOff,
      title: 'The VF has no carrier: its link is disabled at its physical function',
      explain: 'link-state disable keeps the link of the VF down, whatever the physical function has.',
      fixes: [
        fix('command', 'Let it follow the physical function', {
          commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} state auto`],
        }),
      ],
    },
  ],
};
