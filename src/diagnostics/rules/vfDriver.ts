import { command } from '../command';
import { always, fix, hit, hitsBySubject, said, whenNetdev, type Family, type Hit } from '../rule';
import { functionsWithoutDriver } from './functions';
import type { LspciDevice } from '../view/lspci';
import { quote, type View } from '../view/view';

/** Modules that drive VFs and nothing else. */
const modules =
  'iavf|i40evf|igbvf|ixgbevf|fm10k|cxgb4vf|hclgevf|hinic_?vf|octeon_ep_vf|liquidio_vf|thunder-nicvf|qat_\\w+vf|nfp_netvf|ionic|enic|sfc_ef100|efct|funeth';
const absent = new RegExp(
  [
    `Module (?:${modules}) not found`,
    `could ?n[o']t (?:insert|find|load) (?:module )?'?(?:${modules})\\b(?!.*(?:Key was|key not))`,
    `\\b(?:no|not|miss(?:ing|es)?|without|lacks?)\\b[^.]{0,30}\\b(?:${modules})(?:\\.ko)?\\b`,
    `\\b(?:${modules})(?:\\.ko)?\\b[^.:]{0,40}\\b(?:(?:not|never|isn'?t|wasn'?t|n[o']t) (?:found|present|installed|built|available|shipped|included|there|loaded|in (?:the )?(?:kernel|initr))|missing|absent|unavailable|disabled in the kernel)`,
    `^blacklist (?:${modules})\\b`,
    `install (?:${modules}) /bin/(?:true|false)`,
    `CONFIG_(?:IAVF|I40EVF|IGBVF|IXGBEVF)(?: is not set|=n)`,
  ].join('|'),
  'i',
);
/** Somebody looked for it, so it is wanted whatever else the VFs are for. */
const looked = /\bnot (?:found|shipped|included|available|built)\b|\bmiss(?:ing|es)?\b|\bunavailable\b/i;
const wantedAnyway = whenNetdev('error', 'warning');
const healthyTalk = /Command line:|\bloaded\b(?<!not loaded)|taint/i;

/** Arguments of the command line that keep VF modules from loading. */
const blacklisting = (view: View): { token: string; modules: string[] }[] =>
  ['modprobe.blacklist', 'module_blacklist'].flatMap((name) => {
    const off = (view.args?.values(name) ?? []).filter((module) => vfModule.test(module));
    return off.length > 0 ? [{ token: view.args?.token(name) ?? name, modules: off }] : [];
  });
const vfModule = new RegExp(`^(?:${modules})$`, 'i');

const liveMissing = (view: View): Hit[] =>
  (view.live?.pfs ?? []).flatMap((pf) => {
    const known = view.facts.find(({ key }) => key.includes(pf.pci) && key.endsWith('sriov_vf_device'));
    const off = pf.vfModule !== null && view.live?.blacklistedModules.includes(pf.vfModule);
    if (off && !pf.vfs.some(({ driver }) => driver === pf.vfModule))
      return [
        hit(pf.pci, [`${pf.vfModule} is blacklisted`], {
          says: pf.vfModule ?? undefined,
          values: { MODULE: pf.vfModule ?? undefined },
        }),
      ];
    return pf.vfModule === null && known && !pf.vfs.some(({ driver }) => driver !== null)
      ? [hit(pf.pci, [known.line])]
      : [];
  });

const missing = (view: View): Hit[] => {
  if (view.live) return liveMissing(view);
  return [
    ...hitsBySubject(
      view.said.filter(
        (line) => line.driver === null && absent.test(line.text) && !healthyTalk.test(line.text),
      ),
    ).map((h) => (h.evidence.some((line) => looked.test(line)) ? { ...h, severity: wantedAnyway } : h)),
    ...blacklisting(view).map(({ token, modules: off }) =>
      hit('host', [token], { says: off.join(', '), values: { MODULE: off[0] } }),
    ),
    ...view.facts
      .filter(
        ({ line }) =>
          absent.test(line) || /\b(?:iavf|i40evf|igbvf|ixgbevf)\.ko\b.*\b(?:absent|missing|no)\b/i.test(line),
      )
      .map(({ line }) => hit('host', [line])),
  ];
};

const detail = ({ lines }: LspciDevice): string =>
  lines.map((line) => /^\s+(Control|Flags):/.exec(line)?.[1]).find((word) => word !== undefined) ?? '';
/**
 * lspci sorts by address and tells the same of each: where an address is below the one before, or is told of in more or less
 * detail, another listing begins, perhaps one without drivers.
 */
const listings = ({ devices }: View): LspciDevice[][] =>
  devices.reduce<LspciDevice[][]>((all, device) => {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before && before.pci < device.pci && detail(before) === detail(device)) last.push(device);
    else all.push([device]);
    return all;
  }, []);

/** VFs that lspci lists without a driver: with a module at hand, or with none. */
const unbound =
  (withModule: boolean) =>
  (view: View): Hit[] => {
    const named = listings(view).filter((some) => some.some(({ driver }) => driver !== null));
    const others = new Set(named.flat());
    return view.devices
      .filter(
        (device) =>
          device.isVf &&
          device.driver === null &&
          device.modules.length > 0 === withModule &&
          device.lines.length > 1 &&
          (withModule || others.has(device)),
      )
      .slice(0, 1)
      .map(({ pci, header, lines }) =>
        hit(pci, [header, ...lines.filter((line) => /Kernel modules/.test(line))]),
      );
  };

/**
 * VFs are probed when they are made: what is written later comes too late for those that are there, and they stay without a
 * driver until somebody binds them. Who has vfio-pci wait for their ID counts on being probed.
 */
const typedOff = (view: View): Hit[] => {
  const { commands } = view.evidence;
  const last = (pattern: RegExp) => commands.findLastIndex(({ command }) => pattern.test(command));
  const off = last(/echo ['"]?0['"]? *(?:>|\|).*sriov_drivers_autoprobe/);
  if (off < 0) return [];
  const made = last(/echo ['"]?[1-9]\d*['"]? *(?:>|\|).*sriov_numvfs/);
  const on = last(/echo ['"]?1['"]? *(?:>|\|).*sriov_drivers_autoprobe/);
  const bound = last(
    /drivers_probe|\/drivers\/[\w-]+\/bind\b|driver_override|driverctl|nodedev-detach|devbind/,
  );
  if (on > off && !(made > off && made < on && bound < made)) return [];
  const waits = bound < off && made > off && last(/vfio-pci\/new_id|modprobe vfio-pci .*ids=/) >= 0;
  const lines = [off, ...(made > off ? [made] : [])].map((at) => commands[at]?.command ?? '');
  return [hit(null, lines, waits ? { severity: always('warning') } : {})];
};

const autoprobeOff = (view: View): Hit[] => [
  ...typedOff(view),
  ...view
    .factsOf(/sriov_drivers_autoprobe/)
    .filter(({ value }) => /^(?:0|N)\b/.test(value.trim()))
    .map(({ line }) => hit(null, [line])),
  ...hitsBySubject(
    view
      .find(/sriov_drivers_autoprobe\S*\s*[:=]?\s*0\b|echo 0 >.*sriov_drivers_autoprobe/)
      .filter(({ source }) => source !== 'command'),
  ),
  ...(view.live?.pfs ?? [])
    .filter(
      ({ driversAutoprobe, vfs }) => driversAutoprobe === false && vfs.some(({ driver }) => driver === null),
    )
    .map(({ pci }) => hit(pci, [`${pci} sriov_drivers_autoprobe 0`])),
];

/** mlx4 leaves VFs unprobed unless probe_vf says otherwise; dpdk-devbind lists a driverless VF without `drv=`. */
const unprobed = (view: View): Hit[] => [
  ...functionsWithoutDriver(view, true),
  ...hitsBySubject(
    view
      .find(/options mlx4_core\b.*\bnum_vfs=(?!0)/)
      .filter(
        ({ text }) =>
          !/probe_vf=(?:[1-9]|\d+,\d)/.test(text) &&
          view.find(/SRIOV is disabled|no (?:net ?dev|interface)/i).length > 0,
      ),
  ),
  ...hitsBySubject(view.find(/Skipping virtual function\b|SR-?IOV.*probe_vf/i)),
  ...hitsBySubject(view.find(/\b(?:fail|error)\w*\b.*no net directory under pci device/i)),
  ...hitsBySubject(view.find(/'[^']*virtual function[^']*' +unused=/i), {
    severity: always('warning'),
  }).slice(0, 1),
];

const liveUnbound = (view: View): Hit[] =>
  (view.live?.pfs ?? []).flatMap(({ vfs, vfModule, driversAutoprobe }) =>
    vfModule === null || driversAutoprobe === false || view.live?.blacklistedModules.includes(vfModule)
      ? []
      : vfs
          .filter(({ driver }) => driver === null)
          .slice(0, 1)
          .map(({ pci }) => hit(pci, [`${pci}: no driver`, `its driver would be ${vfModule}`])),
  );

const bind = [
  fix('driver', 'Bind new VFs to their driver, and probe the existing ones', {
    commands: [
      command`echo 1 > /sys/bus/pci/devices/${'PCI'}/sriov_drivers_autoprobe`,
      command`echo > /sys/bus/pci/devices/${'VF'}/driver_override`,
      command`echo ${'VF'} > /sys/bus/pci/drivers_probe`,
    ],
    change: { kind: 'vf-driver', pf: '$PCI', driver: '$VF_DRIVER' },
  }),
];

const install = fix('driver', 'Install the kernel package with the VF driver, and load it', {
  commands: [command`modprobe ${'VF_DRIVER'}`],
});
const unblacklist = (modules: string) =>
  fix('driver', `Remove ${modules} from the blacklist, and load it`, {
    commands: [command`grep -rs blacklist /etc/modprobe.d /proc/cmdline`, command`modprobe ${'MODULE'}`],
    ...(modules.includes(',') ? {} : { change: { kind: 'unblacklist', module: '$MODULE' } }),
  });

export const vfDriver: Family = {
  id: 'vf.driver',
  cause: 'vf-driver-missing',
  fine: 'There is a driver for the VFs',
  looked: (view) =>
    quote(
      (view.live?.pfs ?? [])
        .filter(({ vfModule }) => vfModule !== null)
        .map(({ pci, vfModule }) => `${pci}: ${vfModule}`),
    ),
  rules: [
    {
      id: 'vf-driver.missing',
      cause: 'vf-driver-missing',
      severity: whenNetdev('error'),
      when: missing,
      title: ({ says }) => `There is no driver for the VFs${says ? `: ${says} is blacklisted` : ''}`,
      explain:
        'VFs can be created, but as network devices they need a driver, which this kernel does not have or is not allowed to load. For vfio-pci it does not matter.',
      fixes: ({ says }) => [says === undefined ? install : unblacklist(says)],
    },
    {
      id: 'vf-driver.none-listed',
      cause: 'vf-driver-missing',
      severity: whenNetdev('warning'),
      when: unbound(false),
      title: 'lspci shows no driver for this VF',
      explain: 'Other devices have a driver; this VF has neither a driver nor a matching module.',
      yieldsTo: ['vf-driver-missing', 'vf-driver-not-bound'],
    },
    {
      id: 'vf-driver.autoprobe-off',
      cause: 'vf-driver-not-bound',
      severity: whenNetdev('error'),
      when: autoprobeOff,
      title: 'New VFs get no driver: autoprobe is off',
      explain:
        'sriov_drivers_autoprobe is 0, so new VFs have no driver and no network device. This is fine if they are all for vfio.',
      fixes: bind,
    },
    {
      id: 'vf-driver.unprobed',
      cause: 'vf-driver-not-bound',
      severity: whenNetdev('warning'),
      when: (view) => [...unbound(true)(view), ...unprobed(view), ...liveUnbound(view)],
      title: 'A VF is not bound to a driver',
      explain:
        'Its driver is available, but not bound: the VF was never probed, was unbound, or has a leftover driver_override of a DPDK or passthrough tool.',
      fixes: bind,
      yieldsTo: ['vf-driver-not-bound', 'vf-driver-missing'],
    },
    {
      id: 'vf-driver.lookup-impossible',
      cause: 'vf-driver-missing',
      severity: whenNetdev('unknown', 'info'),
      when: (view) =>
        (view.live?.pfs ?? []).some(
          ({ pci, vfModule }) =>
            vfModule === null &&
            !view.facts.some(({ key }) => key.includes(pci) && key.endsWith('sriov_vf_device')),
        )
          ? [hit('host', [])]
          : [],
      title: 'The driver of the VFs is unknown',
      explain:
        "The kernel does not report the VFs' device ID, or its module list is not readable. Check by name: modinfo igbvf, ixgbevf or iavf.",
    },
    {
      id: 'vf-driver.not-provisioned',
      cause: 'vf-not-provisioned',
      severity: always('error'),
      when: (view) =>
        [
          ...(view.lines.some(({ text }) =>
            /sr-?iov|virt-mgmt|\bVFs?\b|numvfs|pci function \S+\.[1-7]\b/i.test(text),
          )
            ? said(
                /nvme\S* ?nvme\d+: Device not ready; aborting (?:initiali[sz]ation|reset)|^nvme\d+: Device not ready|nvme nvme\d+: Removing after probe failure/i,
              )(view)
            : []),
          ...said(
            /(?:secondary controller|VF)\b.{0,40}\b(?:offline|no resources|not provisioned|unprovisioned|zero (?:VQ|VI|queue))|VF: (?:Unprovisioned|.*not provisioned)/i,
          )(view),
          ...view.failures
            .filter(({ text, error }) => /virt-mgmt/.test(text) && /fail|error|invalid|status/i.test(error))
            .map((f) => hit(f.pci, f.evidence)),
        ].slice(0, 2),
      title: 'The VFs have no resources assigned by their device',
      explain:
        'The VF exists as a PCI device, but its controller stays off because the physical function never assigned queues and interrupts to it and never brought it online.',
      fixes: [
        fix(
          'command',
          'NVMe: assign queues and interrupts to each secondary controller, then bring it online',
          {
            commands: [
              command`nvme virt-mgmt /dev/nvme0 -c ${'ID'} -r 0 -n 2 -a 8`,
              command`nvme virt-mgmt /dev/nvme0 -c ${'ID'} -r 1 -n 2 -a 8`,
              command`nvme virt-mgmt /dev/nvme0 -c ${'ID'} -a 9`,
            ],
          },
        ),
      ],
    },
  ],
};
