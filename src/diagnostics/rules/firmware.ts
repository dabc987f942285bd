import { command } from '../command';
import { freeVectors, mlx4Option } from '../causes/remedies';
import { vfsNow, mentions, explained } from './attempts';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { Line } from '../view/line';
import { quote, type View } from '../view/view';
import { shortages } from '../../model/vfCapacity';

const reboot = 'The adapter applies it at the next cold boot.';
const enable = [
  fix('firmware', 'Enable SR-IOV in the adapter, then power-cycle', {
    commands: [command`mlxconfig -y -d ${'DEVICE'} set SRIOV_EN=1 NUM_OF_VFS=8`],
    risk: reboot,
  }),
];

/** Values of a setting in `mlxconfig query`: one column, or default, current and next boot. */
const setting = (view: View, name: string): { line: Line; values: string[] }[] =>
  view.find(new RegExp(`\\b${name}\\b`)).flatMap((line) => {
    if (/\bset\b|echo|options/.test(line.text)) return [];
    const rest = line.text
      .slice(line.text.search(new RegExp(`\\b${name}\\b`)) + name.length)
      .replace(/^[\s:=*]+/, '');
    const values = rest.match(/(?:True|False|\d+)(?:\(\d+\))?|\w+\(\d+\)/g);
    return values ? [{ line, values }] : [];
  });
const isOff = (value: string | undefined) =>
  value !== undefined && /^False|^0$|\(0\)$|^disabled/i.test(value);

/** Off now, though it may be on after the next boot. With three columns the second is what runs. Where there are VFs, that boot was. */
const sriovOff = (view: View): Hit[] =>
  hasVfs(view)
    ? []
    : setting(view, 'SRIOV_EN').flatMap(({ line, values }) => {
        const now = values.length >= 3 ? values[1] : values[0];
        const says = isOff(values.at(-1)) ? undefined : 'pending';
        return isOff(now) ? [hit(line.pci, [line], { says })] : [];
      });
const hasVfs = (view: View): boolean => (vfsNow(view) ?? 0) > 0 || view.devices.some(({ isVf }) => isVf);

/** Other vendors' names for it: sfboot, racadm, UEFI pages. */
const offElsewhere =
  /VirtualizationMode\W+None\b|switch-mode[= ]default.*vf-count[= ]0|Number of Virtual Functions[^\d]*\b0$|SR-?IOV(?: support| mode)?\s*[:=]\s*(?:Disabled|off|0|False)\b|(?:adapter|NIC|card|firmware|NVRAM|device settings)\b.{0,40}SR-?IOV\b.{0,20}\b(?:disabled|off|not enabled)|SR-?IOV\b.{0,20}(?:disabled|off|not enabled) (?:in|on|by) (?:the )?(?:adapter|NIC|card|firmware|NVM|port)/i;
const offInBios =
  /SriovGlobalEnable\W+Disabled|SR-?IOV Global(?: Enable)?\W+(?:Disabled|Off)|SR-?IOV\b.{0,40}\b(?:disabled|off|not enabled|unset)\b.{0,25}\bBIOS\b|\bBIOS\b.{0,60}SR-?IOV\b.{0,30}\b(?:disabled|off|not enabled)|BIOS was not configured (?:to enable|for) SR-?IOV/i;

/** The number asked for is above NUM_OF_VFS. */
const aboveConfigured = (view: View): Hit[] =>
  setting(view, 'NUM_OF_VFS').flatMap(({ line, values }) => {
    const most = Number((values.length >= 3 ? values[1] : values[0])?.match(/\d+/)?.[0] ?? NaN);
    const asked = view.vfCountFailures.find(({ requested }) => requested !== null && requested > most);
    return asked && most > 0
      ? [hit(asked.pci ?? asked.iface, [...asked.evidence, line], { says: String(most) })]
      : [];
  });

/** ConnectX-3 gets its VFs from an option of its module when that is loaded, out of the initramfs most often. */
const mlx4WithoutOption = (view: View): Hit[] => {
  if (!mentions.mlx4(view) || view.find(/Enabling SR-IOV with \d+ VFs/).length > 0) return [];
  if (hasVfs(view)) return [];
  const refused = [
    ...view.find(/mlx4_core .*(?:does not|doesn'?t) support SR-?IOV/i),
    ...view.find(/mlx4_core\b.*(?:num_vfs|SR-?IOV).*(?:ignored|not|disabled|0)/i),
  ];
  const failed =
    explained(view) && refused.length === 0
      ? []
      : view.vfCountFailures.filter(({ errno }) => errno !== 'ERANGE' && errno !== 'ENOMEM');
  const wanted = [
    ...setting(view, 'SRIOV_EN')
      .filter(({ values }) => !isOff(values[0]))
      .map(({ line }) => line),
    ...view.find(/options mlx4_core\b.*num_vfs=[1-9]/),
  ];
  const shown = view.devices
    .filter(({ name }) => /MT27[35]\d\d|ConnectX-3/.test(name))
    .map(({ header }) => header);
  if (refused.length > 0 || failed.length > 0)
    return [hit(refused[0]?.pci, quote([...refused, ...failed.flatMap(({ evidence }) => evidence)]))];
  const none = view
    .factsOf(/numvfs|num_vfs/)
    .some(({ value }) => /^(?:0|empty|absent|not set|missing|\(null\))/i.test(value.trim()));
  return wanted.length > 0 && (shown.length > 0 || none)
    ? [hit(wanted[0]?.pci, quote([...wanted, ...shown]))]
    : [];
};

/** The driver shares out fewer vectors than the adapter offers VFs. */
const poolTooSmall = (view: View): Hit[] =>
  (view.live?.pfs ?? []).flatMap(({ pci, room, totalVfs, numVfs }) =>
    shortages(pci, room, totalVfs ?? 0)
      .filter((shortage) => shortage.of === 'msix' && shortage.room >= (numVfs ?? 0))
      .map((shortage) => hit(pci, shortage.evidence, { says: String(shortage.room) })),
  );

const noVectors =
  /all resources are used by PF|Not enough resources for \d+ VFs, err -28|Not allow SRIOV if the irq mode is not MSIX|Only \d+ MSI-?X interrupts available for SR-?IOV|Not enough (?:to support minimum of|device) .*MSI-?X|not enough (?:device )?MSI-?X (?:vectors|interrupts|resources)|(?:MSI-?X|interrupt) (?:vectors?|interrupts?) (?:exhausted|are exhausted|ran out)|No (?:more )?MSI-?X (?:vectors?|interrupts?)/i;

export const firmware: Family = {
  id: 'adapter.firmware',
  cause: 'nic-firmware-sriov-off',
  fine: "SR-IOV is enabled in the adapter's firmware",
  looked: (view) =>
    quote(
      setting(view, 'SRIOV_EN').map(({ line }) => line),
      2,
    ),
  rules: [
    {
      id: 'firmware.sriov-off',
      cause: 'nic-firmware-sriov-off',
      severity: always('error'),
      when: (view) => [
        ...sriovOff(view),
        ...hitsBySubject(view.find(offElsewhere).filter(({ text }) => !offInBios.test(text))),
      ],
      title: ({ says }) =>
        says === 'pending'
          ? 'SR-IOV is enabled in the adapter from the next cold boot'
          : "SR-IOV is disabled in the adapter's firmware",
      explain:
        'The adapter has no SR-IOV capability while its configuration disables it, whatever its number of VFs (NUM_OF_VFS).',
      fixes: ({ says }) =>
        says === 'pending'
          ? [fix('firmware', 'Power-cycle the machine', { commands: [], risk: null })]
          : enable,
    },
    {
      id: 'firmware.sriov-off-in-bios',
      cause: 'sriov-off-in-bios',
      severity: always('error'),
      when: said(offInBios),
      title: 'SR-IOV is disabled in the system firmware',
      explain:
        'The firmware then reserves neither address space nor bus numbers for VFs, or hides the capability.',
      fixes: [fix('bios', 'Enable "SR-IOV" / "SR-IOV Global Enable" in the BIOS setup')],
    },
    {
      id: 'firmware.vf-limit',
      cause: 'nic-firmware-vf-limit',
      severity: always('error'),
      when: aboveConfigured,
      title: ({ says }) => `The adapter's firmware is configured for ${says ?? 'fewer'} VFs`,
      explain: 'The requested number exceeds NUM_OF_VFS.',
      fixes: [
        fix('firmware', 'Increase NUM_OF_VFS, then power-cycle', {
          commands: [command`mlxconfig -y -d ${'DEVICE'} set NUM_OF_VFS=${'COUNT'}`],
          risk: reboot,
        }),
      ],
    },
    {
      id: 'firmware.mlx4-option',
      cause: 'mlx4-num-vfs-param-missing',
      severity: always('error'),
      when: mlx4WithoutOption,
      title: 'mlx4 only creates VFs if its module is loaded with num_vfs',
      explain:
        'ConnectX-3 takes the number of VFs from an option of mlx4_core, not from sysfs. The option is not set, or not included in the initramfs.',
      fixes: mlx4Option,
      yieldsTo: ['nic-firmware-sriov-off', 'mmio-too-small'],
    },
    {
      id: 'firmware.msix',
      cause: 'msix-exhausted',
      severity: always('error'),
      when: said(noVectors),
      title: 'There are no interrupt vectors left for VFs',
      explain:
        "Every VF needs MSI-X vectors from the adapter's pool. The PF driver and its RDMA companion use them all, one set per processor core.",
      fixes: freeVectors,
      past: 'until-vfs',
    },
    {
      id: 'firmware.msix-predicted',
      cause: 'msix-exhausted',
      severity: always('warning'),
      when: poolTooSmall,
      title: ({ says }) => `The adapter has interrupt vectors for ${says ?? 'fewer'} VFs`,
      explain:
        'Each VF needs at least one of the vectors that the adapter has for VFs (sriov_vf_total_msix).',
      fixes: [
        fix(
          'firmware',
          'Ask for fewer VFs, or raise the vectors per VF in the adapter (mlxconfig NUM_VF_MSIX)',
        ),
      ],
      yieldsTo: ['msix-exhausted'],
    },
  ],
};
