import { loadDriver } from '../causes/remedies';
import { command } from '../command';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import { functionsWithoutDriver } from './functions';
import { isVf } from '../view/adapters';
import { pciIn } from '../view/line';
import { quote, type View } from '../view/view';

/** Drivers that hand a function to userspace; the kernel's own driver is then away. */
const userspace = /^(?:vfio-pci|igb_uio|uio_pci_generic|pci-stub|pciback|xen-pciback)$/;
const noCallback = /(?:driver does not|Driver doesn'?t) support SR-?IOV/i;
/** On a live host the log is history: the function has another driver than the one the line speaks of. */
const hasOther = ({ live, evidence }: View, pci: string | null, driver: string | null): boolean =>
  !evidence.fresh &&
  (live?.pfs.some((pf) => pf.pci === pci && pf.driver !== null && pf.driver !== driver) ?? false);

const isGpu = /\bVGA|Display|3D controller/i;
/** Physical functions that a userspace driver holds. */
function heldByUserspace(view: View): Hit[] {
  const spoken = view
    .find(noCallback)
    .filter(({ driver, pci }) => driver !== null && userspace.test(driver) && !hasOther(view, pci, driver));
  const gpu = view.args?.tokens.some((token) => /^(?:i915|xe)\.max_vfs=[1-9]/.test(token)) ?? false;
  const wanted =
    gpu || view.vfCountFailures.length > 0 || view.lines.some(({ text }) => /numvfs|max_vfs/.test(text));
  const listed = wanted
    ? [
        ...view.devices
          .filter(({ pci, driver }) => !isVf(view, pci) && driver !== null && userspace.test(driver))
          .filter(
            ({ sriov, isNetwork, header, class: kind }) =>
              sriov !== null || isNetwork || (gpu && isGpu.test(kind) && /Intel|\[8086:/.test(header)),
          )
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
  return [...hitsBySubject(spoken), ...listed, ...live, ...(view.live ? [] : handedOver(view))];
}

/** Somebody tells that the physical function itself is handed over, or a script does it. */
const toldOfPf =
  /\b(?:PFs?|physical functions?|parent (?:device|function))\b.{0,140}\b(?:bind(?:s|ing)?|bound|attach(?:es|ed)|assigned|claimed|grabbed|taken|held)\b.{0,30}\bvfio(?:-pci)?\b|\b(?:binds?|bound|attach(?:es|ed)?|hands|passes|passed|moves|moved)\b.{0,20}\b(?:PF|physical function|parent (?:device|function))\b.{0,60}\bto vfio(?:-pci)?\b|\bvfio-pci\b.{0,40}\b(?:takes|took|claims|claimed|grabs|grabbed|holds|held|binds|bound)\b.{0,40}\b(?:PF|physical function)\b/i;
const notSo =
  /\b(?:not|never|n[o']t|avoid|instead|unless|without|if|should|must|can(?:not)?|could|would|before|VFs? (?:of|on|from|are|is|was|were|to|bound))\b/i;
const handsOver =
  /\bdriverctl (?:\S+ )*set-override (?<pci>\S+) vfio-pci|\becho\b.*?(?<pci2>[\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.[0-7]).*vfio-pci\/bind|\bbind(?:=| )vfio-pci .*?(?<pci3>[\da-f:]{5,10}\.[0-7])/i;
/** What is handed over is an adapter that has VFs, or is to have them. */
const handedOver = (view: View): Hit[] => {
  const known = new Set([
    ...view.factsOf(/\/sriov_(?:num|total)vfs$/).map(({ key }) => pciIn(key)),
    ...view.devices.filter(({ isVf, sriov }) => sriov !== null && !isVf).map(({ pci }) => pci),
    ...view.said.map(({ text }) => (/sriov_numvfs/.test(text) ? pciIn(text.replaceAll('\\:', ':')) : null)),
  ]);
  const typed = view.said.flatMap((line) => {
    const { pci, pci2, pci3 } = handsOver.exec(line.text.replaceAll('\\:', ':'))?.groups ?? {};
    const one = pciIn(pci ?? pci2 ?? pci3 ?? '');
    return one !== null && known.has(one) && !isVf(view, one) ? [hit(one, [line])] : [];
  });
  const told = view.said.filter(
    ({ driver, text }) => driver === null && toldOfPf.test(text) && !notSo.test(text),
  );
  return [...typed, ...hitsBySubject(told)];
};

const unbound = (view: View): Hit[] => [
  ...said(/no driver bound to device/i)(view).filter(({ subject }) => !hasOther(view, subject, null)),
  ...said(/Error running install command '[^']*\/bin\/(?:false|true)' for module (?!\S*vf\b)/i)(view),
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

const release = '\\d+\\.\\d+\\.\\d+[-\\w.+]*';
/** `dkms status`, also as scripts print it: the module, and the kernels for which it is installed. */
const installed = new RegExp(
  `([\\w-]*(?:sriov|i915|ice|iavf|i40e|ixgbe|igb|xe)[\\w-]*)[/, ]+\\S+?, (${release}), \\w+: installed`,
  'i',
);
const runs = new RegExp(
  `\\bKernel(?: version)?: *'?(${release})(?=['\\s,]|$)|^Linux version (${release})|^Linux \\S+ (${release}) #|^BOOT_IMAGE=\\S*vmlinuz-(${release})|^(\\d+\\.\\d+\\.\\d+-[-\\w.+]+)$`,
  'i',
);
/** A module is installed for other kernels than the running one, which loads its own, without SR-IOV. */
function builtForOther(view: View): Hit[] {
  const built = view.said.flatMap((line) => {
    const [, module, kernel] = installed.exec(line.text) ?? [];
    return module === undefined || kernel === undefined ? [] : [{ module, kernel, line }];
  });
  if (built.length === 0) return [];
  const running = new Map(
    [...view.said.map(({ text }) => text), view.args?.raw ?? ''].flatMap((text) => {
      const kernel = runs
        .exec(text)
        ?.slice(1)
        .find((one) => one !== undefined);
      return kernel === undefined ? [] : [[kernel, text] as const];
    }),
  );
  const [known, ...others] = running;
  if (known === undefined || others.length > 0) return [];
  const [kernel, shown] = known;
  const modules = new Set(built.map(({ module }) => module));
  return [...modules].flatMap((module) => {
    const ones = built.filter((one) => one.module === module);
    return ones.some((one) => one.kernel === kernel)
      ? []
      : [hit(null, [...ones.map(({ line }) => line), shown])];
  });
}

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
      id: 'pf-driver.not-bound',
      cause: 'pf-driver-not-bound',
      severity: always('error'),
      when: unbound,
      title: 'The adapter has no driver',
      explain:
        'VFs are created by the driver of the physical function. None is bound: it is not loaded, blacklisted, or failed to start.',
      fixes: loadDriver,
      past: 'until-vfs',
    },
    {
      id: 'pf-driver.listed-without',
      cause: 'pf-driver-not-bound',
      severity: always('warning'),
      when: listedWithoutDriver,
      title: 'lspci shows no driver in use for this adapter',
      explain: 'A module for it is installed, but nothing is bound.',
      fixes: loadDriver,
      yieldsTo: ['pf-driver-not-bound'],
    },
    {
      id: 'pf-driver.userspace',
      cause: 'pf-bound-to-vfio',
      severity: always('error'),
      when: heldByUserspace,
      title: 'The adapter itself is bound to a userspace driver',
      explain:
        'vfio-pci and similar drivers assign the whole physical function to a program, so no VFs can be created the usual way. Bind the VFs to vfio-pci, and the physical function to its own driver. VFs of a PF that stays on vfio-pci need a token that both programs are given (in EAL the option --vfio-vf-token); everybody who lists processes sees it.',
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
      when: (view) => [
        ...said(/Bad return status for module build on kernel/i)(view),
        ...builtForOther(view),
      ],
      title: 'The driver module is not built for this kernel',
      explain:
        'The out-of-tree driver does not compile for the running kernel, or is installed for another one, so the stock driver without SR-IOV is loaded.',
      fixes: [
        fix('driver', 'Use a driver release that supports this kernel, or boot a kernel that it supports', {
          needsReboot: true,
        }),
      ],
      yieldsTo: ['pf-driver-lacks-sriov'],
    },
  ],
};
