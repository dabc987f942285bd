import { command } from '../../command';
import { always, fix, hit, type Family, type Hit } from '../../rule';
import type { View } from '../../view/view';
import { anySays } from './says';

/** Opening a network device fails so while its MAC address is invalid. */
const cannotComeUp = (view: View): Hit[] =>
  view.failures
    .filter(
      ({ text, error }) =>
        /Cannot assign requested address/i.test(error) &&
        /\bset\b.*\bup\b|SIOCSIFFLAGS|\bifup\b|ifconfig \S+.* up\b|bring\w* .*\bup\b/i.test(text),
    )
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

const zeroGuid = /\b(?:node|port)[ _]guid['":=\s]+(?:0x0{16}\b|0000:0000:0000:0000\b|(?:00:){7}00\b)/i;
const ofVfLine = /^\s*vf \d+ /;
const guids = (view: View): Hit[] =>
  view
    .find(zeroGuid)
    .map((line) => hit(null, [line], { severity: always(ofVfLine.test(line.text) ? 'warning' : 'error') }));
const refusedAddress = anySays(
  /\bGUID\b['":]*(?: of \S+)? (?:is |are )?(?:not valid|invalid|not set|missing|empty|all zeros?)\b/i,
  /\b(?:invalid|missing|empty|no valid) (?:node |port |InfiniBand |IB )?GUID\b/i,
);

/** Tunnels have an address of zeros by nature; a VF in `ip link` of its PF has one until somebody sets it. */
const tunnel = /^(?:lo|(?:ip6)?gretap|erspan|ip6erspan|sit|tunl|ip6tnl)\d*$/;
const zeroMac = (view: View): Hit[] => {
  const lines = view.said.filter(({ source }) => source === 'other' || source === 'error');
  return lines.flatMap((line, at) => {
    const name = /^\d+: +([^\s:@]+): +</.exec(lines[at - 1]?.text ?? '')?.[1];
    return name !== undefined && /^link\/ether 00:00:00:00:00:00\b/.test(line.text) && !tunnel.test(name)
      ? [hit(name, [lines[at - 1]?.raw ?? '', line], { severity: always('warning') })]
      : [];
  });
};

const ownLooking = /^(?:ls|readlink|stat|cat|realpath|(?:ba|z|da)?sh)\b.*: /;
const treatedAsVf = (view: View): Hit[] => [
  ...anySays(
    /supported on SR-IOV Virtual Functions only/i,
    /\bis not (?:a|an) (?:\w+ )?(?:SR-?IOV )?(?:VF|virtual function)\b/i,
    /failed to open the sriov_num\w+ of device\b.*no such file/i,
    /fail\w* to (?:get|find|read) (?:the )?(?:PF|physical function|VF (?:info\w*|ID|index))\b.*\bdevice\/(?:sriov_numvfs|physfn)\S* no such file/i,
  )(view),
  ...anySays(/\/physfn(?:\/[\w./-]*)?['"]?: (?:no such file|not found)/i)(view).filter(
    ({ evidence }) => !evidence.some((line) => ownLooking.test(line)),
  ),
];

export const identity: Family = {
  id: 'vf.identity',
  cause: 'vf-address-missing',
  fine: 'VFs have addresses of their own',
  looked: () => [],
  rules: [
    {
      id: 'identity.no-address',
      cause: 'vf-address-missing',
      severity: always('error'),
      when: (view) => [...cannotComeUp(view), ...guids(view), ...refusedAddress(view), ...zeroMac(view)],
      title: 'A VF has no address: it is all zeros',
      explain:
        'A network device with an all-zero MAC address cannot be brought up, and an InfiniBand VF without node and port GUID gets no link. Set it through the physical function, then rebind the VF to its driver.',
      fixes: [
        fix('command', 'Set the address through the physical function', {
          commands: [
            command`ip link set dev ${'PF'} vf ${'INDEX'} mac ${'MAC'}`,
            command`echo ${'VF'} > /sys/bus/pci/devices/${'VF'}/driver/unbind`,
            command`echo ${'VF'} > /sys/bus/pci/drivers_probe`,
          ],
        }),
        fix(
          'command',
          'InfiniBand: set both, with "ip link set dev PF vf N node_guid …" and "… port_guid …"',
        ),
      ],
    },
    {
      id: 'identity.not-a-vf',
      cause: 'not-a-vf',
      severity: always('error'),
      when: treatedAsVf,
      title: 'The function is treated as a VF, but it is none',
      explain:
        'A VF has a link named physfn to its physical function. Without it, the address is that of a physical function, or of a VF that was passed into this virtual machine, where it is an ordinary device.',
      fixes: [
        fix('command', 'Use the address of a VF', {
          commands: [command`ls -d /sys/bus/pci/devices/*/physfn`],
        }),
        fix(
          'command',
          'For a whole function use what passes any device: host-device, <hostdev> without <interface>',
        ),
      ],
    },
  ],
};
