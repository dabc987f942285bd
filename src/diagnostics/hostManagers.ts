import { always, fix, hit, hitsBySubject, type Family, type Hit } from './rule';
import type { View } from './view/view';

/** A udev rule that keeps NetworkManager off, but not when a device comes back from a namespace (`move`). */
const ruleWithoutMove = (view: View): Hit[] =>
  hitsBySubject(
    view.find(/NM_UNMANAGED|ID_NET_MANAGED_BY|NM_CONTROLLED/).filter(({ text }) => {
      const actions = /ACTION\s*==\s*"([^"]*)"/.exec(text)?.[1]?.split('|');
      return actions !== undefined && !actions.includes('move') && !actions.includes('*');
    }),
  );

const vfName = '[a-z][a-z0-9]{1,9}(?:np\\d)?v\\d{1,3}';
const nmActs = new RegExp(
  `NetworkManager\\S*: .*(?:device|iface) \\(?${vfName}\\)?.*(?:Activation|state change|starting connection|managed|dhcp)|(?:Activation: starting connection|dhcp4).*\\(?${vfName}\\)?|Wired [Cc]onnection.*\\b${vfName}\\b|systemd-networkd\\S*: .*${vfName}.*(?:DHCP|Gained carrier|Configured|Reconfigur)`,
);
const duplicated =
  /\b(?:NetworkManager|NM|networkd|netplan|os-net-config)\b[^.]{0,60}\b(?:manages|takes|grabs|renames|resets|removes|overwrites|reconfigures|activates|runs DHCP|brings)\b[^.]{0,60}\bVFs?\b|\bVFs?\b[^.]{0,60}\b(?:managed|taken|renamed|reset|removed|reconfigured|activated) by (?:NetworkManager|NM|networkd|systemd-networkd|netplan)\b/i;

/** On Azure and elsewhere the VF of a synthetic device must not get an address of its own. */
const managed = (view: View): Hit[] => [
  ...ruleWithoutMove(view),
  ...hitsBySubject(
    view.said.filter(
      (line) =>
        nmActs.test(line.raw) ||
        (line.program === 'NetworkManager' && new RegExp(`\\b${vfName}\\b`).test(line.text)),
    ),
  ),
  ...hitsBySubject(
    view.said.filter(
      (line) =>
        line.driver === null && duplicated.test(line.text) && !/unmanaged|NM_UNMANAGED/.test(line.text),
    ),
  ),
];

export const hostManagers: Family = {
  id: 'host.managers',
  cause: 'network-manager-interferes',
  fine: 'Nothing else configures the VFs',
  looked: () => [],
  rules: [
    {
      id: 'managers.interfere',
      cause: 'network-manager-interferes',
      severity: always('error'),
      when: managed,
      title: 'A network manager of the host takes the VFs',
      explain:
        'A VF that appears, or comes back from a container, is a new Ethernet device to NetworkManager or networkd, and gets DHCP or is renamed, unless it is told to keep off. Coming back is the udev event "move", not "add".',
      fixes: [
        fix('command', 'Tell it to leave the VFs alone, also when they come back', {
          commands: [
            'printf \'ACTION=="add|change|move", SUBSYSTEM=="net", ATTRS{physfn/uevent}=="*", ENV{NM_UNMANAGED}="1"\\n\' > /etc/udev/rules.d/10-vf-unmanaged.rules',
            'udevadm control --reload',
          ],
        }),
      ],
    },
    {
      id: 'managers.unmanaged',
      cause: 'network-manager-interferes',
      severity: always('info'),
      when: (view) =>
        view
          .find(/NM_UNMANAGED.*=.*1/)
          .filter(({ text }) => /move|ACTION!=/.test(text))
          .map((line) => hit(null, [line]))
          .slice(0, 1),
      title: 'A rule keeps the network manager off the VFs',
      explain: 'It also covers VFs that come back from a container.',
    },
  ],
};
