import { command } from '../command';
import { always, fix, hit, hitsBySubject, whenNetdev, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

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
  /\b(?:NetworkManager|NM|networkd|netplan|os-net-config)\b[^.]{0,60}\b(?:manage[sd]|takes|took|grabs|grabbed|rename[sd]|resets?|remove[sd]|overwrites|overwrote|(?:re)?configure[sd]|activate[sd]|treat(?:s|ed)|runs DHCP|ran DHCP|brings|brought)\b[^.]{0,60}\bVFs?\b|\bVFs?\b[^.]{0,60}\b(?:managed|taken|renamed|reset|removed|reconfigured|activated) by (?:NetworkManager|NM|networkd|systemd-networkd|netplan)\b/i;

/** Somebody tells that a manager takes what it was told to leave alone, of a host with VFs. */
const disregards =
  /\b(?:NetworkManager|networkd|netplan|cloud-init|dhcpcd|dhclient|wicked|ifupdown)\b[^.]{0,80}\b(?:disregards?|ignor(?:es|ed|ing) (?:the |its )?(?=unmanaged|NM_UNMANAGED|Unmanaged)|despite|although|even though|anyway|incorrectly|wrongly|start(?:s|ed) (?:manag|configur))\b[^.]{0,80}\b(?:unmanaged|NM_UNMANAGED|Unmanaged=yes|manag\w+|configur\w+)\b/i;
const aboutVfs = /\bSR-?IOV\b|\bVFs?\b|virtual function|accelerated networking/i;
const takenAnyway = (view: View): Hit[] =>
  view.lines.some(({ text }) => aboutVfs.test(text))
    ? view.said
        .filter(
          ({ driver, source, text }) => driver === null && source !== 'command' && disregards.test(text),
        )
        .map((line) => hit(null, [line], { severity: always('warning') }))
    : [];

/** What Hyper-V's VFs are called: by the PCI domain that each has to itself. */
const onHyperV = /\bVMBUS\b|\bhv_(?:netvsc|vmbus|pci)\b|\bAzure\b|\bHyper-V\b|accelerated networking/i;
const lower = 'enP\\d+(?:p\\d+)?s\\d+(?:f\\d+)?(?:np\\d+)?';
/** `nmcli device`, `networkctl`, and their logs, where one of them has it. */
const lowerTaken = new RegExp(
  `^${lower}\\s+ethernet\\s+(?:connect(?:ed|ing)|disconnected)\\b|^\\d+\\s+${lower}\\s+ether\\s+\\S+\\s+config(?:ured|uring)\\b|\\(?${lower}\\)?: (?:Activation: starting|state change: (?:disconnected|prepare|config|ip-config)|DHCPv[46] address)|dhcp[46] \\(${lower}\\)`,
);
/** The VF below a synthetic device of Hyper-V (hv_netvsc), which alone is to have the address. */
const belowSynthetic = (view: View): Hit[] =>
  view.lines.some(({ text }) => onHyperV.test(text))
    ? [
        ...hitsBySubject(
          view.said.filter(({ source, text }) => source !== 'command' && lowerTaken.test(text)),
        ),
        ...view.interfaces
          .filter(({ name, flags }) => new RegExp(`^${lower}$`).test(name) && flags.includes('SLAVE'))
          .flatMap(({ name, header, addresses }) => {
            const own = addresses.filter((line) => /^\s*inet /.test(line));
            return own.length > 0 ? [hit(name, [header, ...own])] : [];
          }),
      ]
    : [];

const managed = (view: View): Hit[] => [
  ...takenAnyway(view),
  ...belowSynthetic(view),
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

/** Configuration lines of a live host, `/path/of/file:line`, that the collector found. */
const configured = (view: View, file: RegExp, text: RegExp): string[] =>
  view.live
    ? view.evidence.other.filter((line) => {
        const [, path = '', rest = ''] = /^(\/[^:]+):(.*)$/.exec(line) ?? [];
        return file.test(path) && text.test(rest);
      })
    : [];

/** Who may set an adapter's number of VFs, and what of its configuration says that it does. */
const setters: [who: string, file: RegExp, text: RegExp][] = [
  ['NetworkManager', /NetworkManager\/system-connections\//, /total-vfs/i],
  ['systemd-networkd', /systemd\/network\//, /SR-IOVVirtualFunctions=|\[SR-IOV\]/],
  ['netplan', /netplan\//, /virtual-function-count|embedded-switch-mode/],
  ['the SR-IOV operator', /sriov-operator$/, /there/],
  ['a udev rule', /udev\/rules\.d\//, /sriov_numvfs/],
  ['a start script or service', /rc\.local$|systemd\/system\//, /sriov_numvfs/],
  ["an option of the adapter's driver", /modprobe\.d\//, /(?:max_vfs|num_vfs)=/],
];
/** Who hands VFs out, though it leaves their number alone. */
const users: typeof setters = [
  ['libvirt', /libvirt\/qemu\/networks\//, /<pf dev=/],
  ['a CNI plugin', /cni\/net\.d\/|cni\/sriov$/, /sriov|accelerated-bridge|host-device|there/],
];
const saying = (view: View, all: typeof setters): { who: string; lines: string[] }[] =>
  all
    .map(([who, file, text]) => ({ who, lines: configured(view, file, text) }))
    .filter(({ lines }) => lines.length > 0);
const named = (view: View, all: typeof setters): Hit[] => {
  const found = saying(view, all);
  return found.length === 0
    ? []
    : [
        hit(
          'host',
          found.flatMap(({ lines }) => lines),
          {
            says: found.map(({ who }) => who).join(' and '),
            ...(all === setters && found.length > 1 ? { severity: always('warning') } : {}),
          },
        ),
      ];
};

/** NetworkManager runs, and nothing in its configuration or in udev's tells it to keep off VFs or new devices. */
const eager = (view: View): Hit[] => {
  const [running] = configured(view, /^\/run\/NetworkManager$/, /running/);
  if (!running || (view.live?.pfs.length ?? 0) === 0) return [];
  const rules = [
    ...configured(view, /NetworkManager\//, /^\s*(?:unmanaged-devices|no-auto-default)\s*[+]?=\s*\S/),
    ...configured(view, /udev\/rules\.d\//, /NM_UNMANAGED/),
  ];
  return rules.length > 0 ? [] : [hit('host', [running])];
};

/** A .network file of networkd whose name pattern takes in whatever Ethernet device appears. */
const greedy = (view: View): Hit[] => {
  const [running] = configured(view, /^\/run\/systemd\/netif$/, /running/);
  const lines = configured(
    view,
    /systemd\/network\/[^/]+\.network$/,
    /^\s*(?:Name=(?:.*\s)?(?:\*|e\*|en\*|enp\*|ens\*|eth\*)(?:\s|$)|Type=ether\b)/,
  );
  return running && lines.length > 0 ? [hit('host', lines)] : [];
};

export const hostManagers: Family = {
  id: 'host.managers',
  cause: 'network-manager-interferes',
  fine: 'Nothing else configures the VFs',
  looked: (view) =>
    view.live && view.live.pfs.length > 0 && saying(view, [...setters, ...users]).length === 0
      ? ['no configuration that names VFs: NetworkManager, networkd, netplan, libvirt, CNI, udev']
      : [],
  rules: [
    {
      id: 'managers.interfere',
      cause: 'network-manager-interferes',
      severity: always('error'),
      when: managed,
      title: 'A network manager of the host configures the VFs',
      explain:
        'NetworkManager and networkd treat a VF that appears, or comes back from a container, as a new Ethernet device, and run DHCP on it or rename it unless told to ignore it. Coming back is the udev event "move", not "add".',
      fixes: [
        fix('command', 'Make it ignore VFs, also when they come back', {
          commands: [
            command`printf 'ACTION=="add|change|move", SUBSYSTEM=="net", ATTRS{physfn/uevent}=="*", ENV{NM_UNMANAGED}="1"\\n' > /etc/udev/rules.d/10-vf-unmanaged.rules`,
            command`udevadm control --reload`,
          ],
          change: { kind: 'unmanaged', vfDriver: '$VF_DRIVER' },
        }),
      ],
    },
    {
      id: 'managers.sets-count',
      cause: 'network-manager-interferes',
      severity: always('info'),
      when: (view) => named(view, setters),
      title: ({ says }) => `The number of VFs is also set by ${says ?? 'another program'}`,
      explain:
        'It sets its own number at the next boot or when it reconciles, overriding changes made here; if there are several, the last one wins. Changing the number removes all VFs in between.',
      fixes: [fix('command', 'Let one of them own the number of VFs: change it there, or remove it there')],
    },
    {
      id: 'managers.uses-vfs',
      cause: 'network-manager-interferes',
      severity: always('info'),
      when: (view) => named(view, users),
      title: ({ says }) => `VFs are also assigned by ${says ?? 'another program'}`,
      explain: 'It may take a free VF at any time; reserve some VFs for it.',
    },
    {
      id: 'managers.eager',
      cause: 'network-manager-interferes',
      severity: whenNetdev('warning'),
      when: eager,
      title: 'NetworkManager will configure new VFs',
      explain:
        'It is running and not told to ignore new Ethernet devices, so it runs DHCP on a VF that appears or comes back from a container. VFs for vfio are not affected: they have no network device.',
      fixes: [
        fix('command', 'Make it ignore VFs, also when they come back', {
          commands: [
            command`printf 'ACTION=="add|change|move", SUBSYSTEM=="net", ATTRS{physfn/uevent}=="*", ENV{NM_UNMANAGED}="1"\\n' > /etc/udev/rules.d/10-vf-unmanaged.rules`,
            command`udevadm control --reload`,
          ],
          change: { kind: 'unmanaged', vfDriver: '$VF_DRIVER' },
        }),
      ],
    },
    {
      id: 'managers.greedy-network',
      cause: 'network-manager-interferes',
      severity: whenNetdev('warning'),
      when: greedy,
      title: 'systemd-networkd will configure new VFs',
      explain:
        'One of its .network files matches any Ethernet device, so a VF that appears on the host is configured like the others, usually by DHCP.',
      fixes: [
        fix('command', 'Restrict it to its devices, or add a .network file with Unmanaged=yes for VFs'),
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
      title: 'A rule makes the network manager ignore VFs',
      explain: 'It also covers VFs that come back from a container.',
    },
  ],
};
