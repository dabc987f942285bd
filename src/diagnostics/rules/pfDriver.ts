import { command } from '../command';
import { driversGaveUp, failedWith, hitOf, mentions } from './attempts';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import { functionsWithoutDriver } from './functions';
import { quote, type View } from '../view/view';

/** Drivers that hand a function to userspace; the kernel's own driver is then away. */
const userspace = /^(?:vfio-pci|igb_uio|uio_pci_generic|pci-stub|pciback|xen-pciback)$/;
const noCallback = /(?:driver does not|Driver doesn'?t) support SR-?IOV/i;
const getDriver = [
  fix('driver', 'Load the adapter driver', {
    commands: [command`modprobe -a $(modprobe -R "$(cat /sys/bus/pci/devices/${'PCI'}/modalias)")`],
  }),
];

/** On a live host the log is history: the function has another driver than the one the line speaks of. */
const hasOther = ({ live, evidence }: View, pci: string | null, driver: string | null): boolean =>
  !evidence.fresh &&
  (live?.pfs.some((pf) => pf.pci === pci && pf.driver !== null && pf.driver !== driver) ?? false);

/** Physical functions that a userspace driver holds. */
function heldByUserspace(view: View): Hit[] {
  const spoken = view
    .find(noCallback)
    .filter(({ driver, pci }) => driver !== null && userspace.test(driver) && !hasOther(view, pci, driver));
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
  ...said(/no driver bound to device/i)(view).filter(({ subject }) => !hasOther(view, subject, null)),
  ...(view.live?.pfs ?? [])
    .filter(({ driver }) => driver === null)
    .map(({ pci }) => hit(pci, [`${pci}: no driver`])),
];

const listedWithoutDriver = (view: View): Hit[] => [
  ...functionsWithoutDriver(view, false),
  ...view.devices
    .filter(
      ({ isVf, driver, modules, sriov }) => !isVf && driver === null && modules.length > 0 && sriov !== null,
    )
    .map(({ pci, header, modules }) => hit(pci, [header, `Kernel modules: ${modules.join(', ')}`])),
];

const unsupported = (view: View): Hit[] => [
  ...hitsBySubject(
    view
      .find(noCallback)
      .filter(({ driver }) => driver === null || (!userspace.test(driver) && driver !== 'mlx4_core')),
  ),
  ...said(
    /(?:i915|xe): unknown parameter '?max_vfs'? ignored|undocumented flag.*enable_guc|enable_guc=\d+ - undocumented flag|(?:Entering|device is in) Safe Mode/i,
  )(view),
];

export const pfDriver: Family = {
  id: 'adapter.driver',
  cause: 'pf-driver-not-bound',
  fine: 'Every adapter has a driver with SR-IOV support',
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
      title: 'The adapter driver does not support VFs',
      explain:
        'The bound driver has no SR-IOV support: it is the stock driver where an out-of-tree one is needed, was built for another kernel, or is in a mode without SR-IOV.',
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
          : [
              ...failedWith(view, 'ENOENT', 'EOPNOTSUPP', 'ENOSYS', 'ENODEV').map((f) => hitOf(f)),
              ...driversGaveUp(view, 'EOPNOTSUPP', 'ENOSYS'),
            ],
      title: 'The adapter driver does not accept a number of VFs',
      explain:
        'sriov_numvfs exists, but writing fails with "No such file or directory" (or "not supported"): the bound driver does not implement it.',
      fixes: [
        fix('driver', 'Check which driver is bound, and whether that version supports SR-IOV', {
          commands: [command`lspci -k -s ${'PCI'}`, command`dmesg | tail`],
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
      title: 'There may be no driver bound to the adapter',
      explain:
        'The same error occurs if the adapter has no driver. In that case the kernel logs "no driver bound to device".',
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
        'VFs are created by the driver of the physical function. None is bound: it is not loaded, blacklisted, or failed to start.',
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
      title: 'The adapter itself is bound to a userspace driver',
      explain:
        'vfio-pci and similar drivers assign the whole physical function to a program, so no VFs can be created the usual way. Bind the VFs to vfio-pci, and the physical function to its own driver.',
      fixes: [
        fix('driver', 'Rebind the physical function to its driver', {
          commands: [
            command`echo > /sys/bus/pci/devices/${'PCI'}/driver_override`,
            command`echo ${'PCI'} > /sys/bus/pci/drivers/vfio-pci/unbind`,
            command`echo ${'PCI'} > /sys/bus/pci/drivers_probe`,
          ],
          risk: 'Anything using the adapter loses it.',
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
      explain: 'The module exists, but is not signed with a key that this machine trusts.',
      fixes: [
        fix('driver', 'Sign it and enrol the key (DKMS does the first)', {
          commands: [command`mokutil --import /var/lib/dkms/mok.pub`],
          needsReboot: true,
        }),
        fix('bios', 'Or disable Secure Boot', {
          risk: 'Root can then load unsigned kernels and modules.',
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
        'The out-of-tree driver does not compile for the running kernel, so the stock driver without SR-IOV is loaded.',
      fixes: [
        fix('driver', 'Use a driver release that supports this kernel, or boot a kernel that it supports', {
          needsReboot: true,
        }),
      ],
      yieldsTo: ['pf-driver-lacks-sriov'],
    },
  ],
};
