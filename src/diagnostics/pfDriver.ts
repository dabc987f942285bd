import { failedWith, hitOf, mentions, explained } from './attempts';
import { always, fix, hit, hitsBySubject, said, whenNetdev, type Family, type Hit } from './rule';
import { quote, type View } from './view/view';

/** Drivers that hand a function to userspace; the kernel's own driver is then away. */
const userspace = /^(?:vfio-pci|igb_uio|uio_pci_generic|pci-stub|pciback|xen-pciback)$/;
const noCallback = /(?:driver does not|Driver doesn'?t) support SR-?IOV/i;
const getDriver = [fix('driver', 'Load the driver of the adapter', { commands: ['modprobe $DRIVER'] })];

/** Physical functions that a userspace driver holds. */
function heldByUserspace(view: View): Hit[] {
  const spoken = view.find(noCallback).filter(({ driver }) => driver !== null && userspace.test(driver));
  const wanted =
    view.vfCountFailures.length > 0 || view.lines.some(({ text }) => /numvfs|max_vfs/.test(text));
  const listed = wanted
    ? [
        ...view.devices
          .filter(({ isVf, driver }) => !isVf && driver !== null && userspace.test(driver))
          .filter(({ sriov, isNetwork }) => sriov !== null || isNetwork)
          .map(({ pci, header, driver }) => hit(pci, [header, `Kernel driver in use: ${driver}`])),
        ...hitsBySubject(
          view
            .find(/'.*' +drv=(?:vfio-pci|igb_uio|uio_pci_generic)\b/)
            .filter(({ text }) => !/virtual function|\bVF\b/i.test(text)),
        ),
      ]
    : [];
  const live = (view.live?.pfs ?? [])
    .filter(({ driver, numVfs }) => driver !== null && userspace.test(driver) && !numVfs)
    .map(({ pci, driver }) => hit(pci, [`${pci} driver ${driver}`]));
  return [...hitsBySubject(spoken), ...listed, ...live];
}

const unbound = (view: View): Hit[] => [
  ...said(/no driver bound to device/i)(view),
  ...(view.live?.pfs ?? [])
    .filter(({ driver }) => driver === null)
    .map(({ pci }) => hit(pci, [`${pci}: no driver`])),
];

const listedWithoutDriver = (view: View): Hit[] =>
  view.devices
    .filter(
      ({ isVf, driver, modules, sriov }) => !isVf && driver === null && modules.length > 0 && sriov !== null,
    )
    .map(({ pci, header, modules }) => hit(pci, [header, `Kernel modules: ${modules.join(', ')}`]));

const unsupported = (view: View): Hit[] => [
  ...hitsBySubject(
    view
      .find(noCallback)
      .filter(({ driver }) => driver === null || (!userspace.test(driver) && driver !== 'mlx4_core')),
  ),
  ...said(
    /unknown parameter '?max_vfs'? ignored|undocumented flag.*enable_guc|enable_guc=\d+ - undocumented flag|Entering Safe Mode/i,
  )(view),
];

export const pfDriver: Family = {
  id: 'adapter.driver',
  cause: 'pf-driver-not-bound',
  fine: 'Every adapter has a driver that makes VFs',
  looked: (view) =>
    quote(
      (view.live?.pfs ?? [])
        .filter(({ driver }) => driver !== null)
        .map(({ pci, driver }) => `${pci} driver ${driver}`),
    ),
  rules: [
    {
      id: 'pf-driver.lacks-sriov',
      cause: 'pf-driver-lacks-sriov',
      severity: always('error'),
      when: unsupported,
      title: 'The driver of the adapter does not make VFs',
      explain:
        'The bound driver has no SR-IOV support: a stock driver where an out-of-tree one is needed, one that was built for another kernel, or one in a mode without it.',
      fixes: [
        fix(
          'driver',
          'Install the driver with SR-IOV support for the running kernel, rebuild the initramfs, reboot',
          { needsReboot: true },
        ),
      ],
      past: 'until-vfs',
    },
    {
      id: 'pf-driver.enoent',
      cause: 'pf-driver-lacks-sriov',
      severity: always('error'),
      when: (view) =>
        mentions.mlx4(view)
          ? []
          : failedWith(view, 'ENOENT', 'EOPNOTSUPP', 'ENOSYS', 'ENODEV').map((f) => hitOf(f)),
      title: 'The driver of the adapter does not take a number of VFs',
      explain:
        'The file is there and the write is refused as "No such file or directory" (or "not supported"): the bound driver lacks the function behind it.',
      fixes: [
        fix('driver', 'See which driver is bound, and whether that version supports SR-IOV', {
          commands: ['lspci -k -s $PF', 'dmesg | tail'],
        }),
      ],
      yieldsTo: [
        'pf-bound-to-vfio',
        'pf-driver-lacks-sriov',
        'pf-driver-not-bound',
        'mlx4-num-vfs-param-missing',
      ],
    },
    {
      id: 'pf-driver.perhaps-unbound',
      cause: 'pf-driver-not-bound',
      severity: always('warning'),
      when: (view) =>
        failedWith(view, 'ENOENT')
          .map((f) => hitOf(f))
          .slice(0, 1),
      title: 'Perhaps no driver is bound to the adapter',
      explain:
        'The same answer comes when the adapter has no driver at all. The kernel log says which: "no driver bound to device".',
      fixes: getDriver,
      yieldsTo: ['pf-bound-to-vfio', 'mlx4-num-vfs-param-missing', 'pf-driver-not-bound'],
    },
    {
      id: 'pf-driver.not-bound',
      cause: 'pf-driver-not-bound',
      severity: always('error'),
      when: unbound,
      title: 'The adapter has no driver',
      explain:
        'VFs are made by the driver of the physical function. None is bound: it is not loaded, blacklisted, or it failed to start.',
      fixes: getDriver,
      past: 'until-vfs',
    },
    {
      id: 'pf-driver.listed-without',
      cause: 'pf-driver-not-bound',
      severity: always('warning'),
      when: listedWithoutDriver,
      title: 'lspci shows no driver in use for this adapter',
      explain: 'A module for it is installed, but nothing is bound.',
      fixes: getDriver,
      yieldsTo: ['pf-driver-not-bound'],
    },
    {
      id: 'pf-driver.userspace',
      cause: 'pf-bound-to-vfio',
      severity: always('error'),
      when: heldByUserspace,
      title: 'The adapter itself is on a userspace driver',
      explain:
        'vfio-pci and its like hand the whole physical function to a program; no VFs can be made on it the normal way. VFs go to vfio-pci, the physical function stays with its own driver.',
      fixes: [
        fix('driver', 'Give the physical function back to its driver', {
          commands: [
            'echo > /sys/bus/pci/devices/$PF/driver_override',
            'echo $PF > /sys/bus/pci/drivers/vfio-pci/unbind',
            'echo $PF > /sys/bus/pci/drivers_probe',
          ],
          risk: 'What uses the adapter now loses it.',
        }),
      ],
      past: 'until-vfs',
    },
    {
      id: 'pf-driver.module-rejected',
      cause: 'kernel-lockdown',
      severity: always('error'),
      when: said(
        /Key was rejected by service|Required key not available|Loading of unsigned module is r(?:ejected|estricted)|unsigned module loading is restricted/i,
      ),
      title: 'Secure Boot refuses a kernel module without a known signature',
      explain: 'The module is there and was built, but it is signed with no key that this machine trusts.',
      fixes: [
        fix('driver', 'Sign it and enrol the key (DKMS does the first)', {
          commands: ['mokutil --import /var/lib/dkms/mok.pub'],
          needsReboot: true,
        }),
        fix('bios', 'Or switch Secure Boot off', {
          risk: 'Unsigned kernels and modules can then be loaded by anybody with root.',
        }),
      ],
    },
    {
      id: 'pf-driver.module-not-built',
      cause: 'pf-driver-lacks-sriov',
      severity: always('error'),
      when: said(/Bad return status for module build on kernel/i),
      title: 'The driver module could not be built for this kernel',
      explain:
        'The out-of-tree driver does not compile against the running kernel, so the stock one is loaded, without SR-IOV.',
      fixes: [
        fix(
          'driver',
          'Use a release of the driver that supports this kernel, or boot a kernel that it supports',
          { needsReboot: true },
        ),
      ],
      yieldsTo: ['pf-driver-lacks-sriov'],
    },
  ],
};

/** Files that the kernel shows only for an adapter with a usable SR-IOV capability. */
const absent = (view: View): Hit[] => {
  if (explained(view)) return [];
  const tried = view.vfCountFailures
    .filter(({ fileAbsent, text }) => fileAbsent && /sriov_/.test(text))
    .map((f) => hitOf(f));
  const facts = view
    .factsOf(/sriov_(?:totalvfs|numvfs)|totalvfs/)
    .filter(({ value }) =>
      /absent|missing|no such|not (?:present|there|found)|does ?n[o']t exist|^none$/i.test(value),
    )
    .map(({ line }) => hit(null, [line]));
  const words = hitsBySubject(
    view.find(
      /\b(?:no|without|lacks?|missing)\b.{0,20}sriov_(?:totalvfs|numvfs)|sriov_(?:totalvfs|numvfs)\S*.{0,30}\b(?:absent|missing|not (?:there|present|found)|does ?n[o']t exist)|no maxVfs?\b|totalvfs['": ]+0\b|SR-?IOV is not supported|not SR-?IOV capable/i,
    ),
  );
  const zero = view
    .factsOf(/totalvfs/)
    .filter(({ value }) => value.trim() === '0')
    .map(({ line }) => hit(null, [line]));
  return [...tried, ...facts, ...words, ...zero].slice(0, 3);
};
type Kind = 'mellanox' | 'gpu' | 'other';
const kindOf = (view: View): Kind =>
  mentions.mellanox(view) ? 'mellanox' : mentions.gpu(view) ? 'gpu' : 'other';
/** Chelsio's fourth function drives the ports; SR-IOV is on the first ones. */
const absentFor =
  (...kinds: Kind[]) =>
  (view: View): Hit[] =>
    kinds.includes(kindOf(view)) && !mentions.chelsio(view) ? absent(view) : [];

const notThere =
  "sriov_totalvfs exists only where the adapter shows an SR-IOV capability. It does not: SR-IOV is off in the adapter's own firmware, off in the system's, or the adapter has none.";
const inAdapter = [
  fix(
    'firmware',
    "Switch SR-IOV on in the adapter (Mellanox: mlxconfig set SRIOV_EN=1 NUM_OF_VFS=N; others in the adapter's page of the setup)",
  ),
];
const inBios = [
  fix(
    'bios',
    'Switch on "SR-IOV" / "SR-IOV Global Enable" in the BIOS setup, and SR-IOV in the adapter\'s own page there',
  ),
];

export const capability: Family = {
  id: 'adapter.capability',
  cause: 'nic-firmware-sriov-off',
  fine: 'The adapter offers SR-IOV',
  looked: (view) => [
    ...view
      .factsOf(/totalvfs/)
      .filter(({ value }) => /^[1-9]/.test(value))
      .map(({ line }) => line),
    ...(view.live?.pfs ?? [])
      .filter(({ totalVfs }) => (totalVfs ?? 0) > 0)
      .map(({ pci, totalVfs }) => `${pci} sriov_totalvfs ${totalVfs}`),
  ],
  rules: [
    { kinds: ['mellanox'] as Kind[], id: 'nic', severity: 'error' as const },
    { kinds: ['other'] as Kind[], id: 'perhaps-nic', severity: 'warning' as const },
  ].map(({ kinds, id, severity }) => ({
    id: `capability.absent-${id}`,
    cause: 'nic-firmware-sriov-off' as const,
    severity: always(severity),
    when: absentFor(...kinds),
    title:
      severity === 'error'
        ? 'The adapter offers no SR-IOV: it is off in its firmware'
        : "Perhaps SR-IOV is off in the adapter's firmware",
    explain: notThere,
    fixes: inAdapter,
    yieldsTo: ['nic-firmware-sriov-off' as const],
  })),
};
capability.rules.push(
  {
    id: 'capability.absent-bios',
    cause: 'sriov-off-in-bios',
    severity: always('error'),
    when: absentFor('other'),
    title: 'The adapter offers no SR-IOV: it is off in the firmware',
    explain: notThere,
    fixes: [...inBios, ...inAdapter],
    yieldsTo: ['sriov-off-in-bios'],
  },
  {
    id: 'capability.perhaps-bios',
    cause: 'sriov-off-in-bios',
    severity: always('warning'),
    when: absentFor('mellanox', 'gpu'),
    title: 'Perhaps SR-IOV is off in the system firmware',
    explain: notThere,
    fixes: inBios,
  },
  {
    id: 'capability.absent-gpu',
    cause: 'pf-driver-lacks-sriov',
    severity: always('error'),
    when: absentFor('gpu'),
    title: 'This graphics device offers no VFs',
    explain:
      'Either the graphics driver with SR-IOV support is not the one that is loaded, or the device has no SR-IOV.',
    fixes: [
      fix(
        'driver',
        'Load the driver with SR-IOV support and its options, or check whether this processor generation has SR-IOV',
      ),
    ],
    yieldsTo: ['pf-driver-lacks-sriov', 'pf-driver-not-bound'],
  },
  {
    id: 'capability.none',
    cause: 'other',
    severity: whenNetdev('error', 'error'),
    when: (view) =>
      view.live !== null && view.live.pfs.length === 0
        ? [hit('host', ['no /sys/bus/pci/devices/*/sriov_totalvfs'])]
        : [],
    title: 'No network adapter with SR-IOV',
    explain: notThere,
    fixes: [...inBios, ...inAdapter],
  },
);
