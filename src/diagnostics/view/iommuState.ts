import type { LiveFacts } from '../../model/evidence';
import { saysAbsent, saysEmpty } from './facts';
import { toLine, type Line } from './line';
import { once } from './once';
import { surroundings } from './surroundings';
import { quote, type View } from './view';

/** Whether DMA is translated on this host, by what proves it: flags and tables alone don't. */
export interface IommuState {
  state: 'on' | 'off' | 'unknown';
  proof: string[];
  /** The firmware describes an IOMMU: DMAR, IVRS, or an SMMU in the IORT, which ARM hosts without one have, too. */
  table: string[];
  /** It is seen not to. */
  tableMissing: string[];
  /** A kernel argument turns it off. */
  turnedOff: { token: string; evidence: string[] } | null;
  /** A kernel argument asks for it. */
  askedFor: boolean;
  /** PCI addresses that vfio or QEMU found without a usable IOMMU, though it may be on. */
  withoutIommu: Line[];
}

/** Printed only when translation is being switched on, or by a device that is translated. */
const on =
  /Virtualization Technology for Directed I\/O|\bdmar\d+: Using (?:Queued|Register based) invalidation|Intel-IOMMU force enabled|DMAR: No (?:RMRR|ATSR|SATC) found|DMAR: Setting (?:RMRR|identity map)|Hardware identity mapping|AMD-Vi: (?:Found IOMMU|IOMMU performance counters|Extended features|Interrupt remapping enabled|Lazy IO\/TLB|Virtual APIC enabled|Initialized for Passthrough)|perf\/amd_iommu: Detected|arm-smmu\S* \S+: (?:ias \d|probing|SMMUv)|IOMMU is enabled by kernel *:\W*PASS/i;
const deviceOn =
  /\b(?:Adding to iommu group|added to iommu group|IOMMU Group) \d+|iommu_groups\/\d+\/devices\/\S|iommu_group (?:->|→) \S*\d/i;
/** A device that isn't on PCI is translated: there is an IOMMU, whether or not PCI is behind it. */
const otherOn =
  /\biommu_groups\/\d+\/devices\/[\da-f]{5,}\.[a-z]|\b[\da-f]{6,}\.[a-z][\w-]*: Adding to iommu group \d/;
const off =
  /DMAR: IOMMU disabled|AMD IOMMU disabled|IOMMU appears to be disabled in kernel|No IOMMU detected|host doesn'?t support (?:VFIO )?(?:PCI )?passthrough|\bIOMMU\b(?: support)? (?:is |isn'?t |was )?(?:not |un)(?:enabled|detected|found|present|loaded|available|active)|IOMMU isn'?t|vfio-noiommu|\(XEN\) I\/O virtualisation disabled|neither VFIO nor \w+ device assignment is|pci backend driver '\w+' is not supported|\bIOMMU *: *(?:disabled|not available)\b|(?:no|not any) iommu.?groups?\b(?! found)/i;
const unusable =
  /no iommu_group found|iommu_group\S*: No such file|vfio[-_]pci[: ].*(?:failed with error|fail).*-(?:22|19)\b|failed to get iommu.?group|IOMMU group not found/i;
/** dpdk-devbind, driverctl and Proxmox keep the error to themselves. With an IOMMU, vfio takes what no other driver has. */
const notTaken =
  /(?:bind failed for \S+ - Cannot bind to driver vfio-pci|driverctl: failed to bind (?:device )?\S+ to (?:driver )?vfio-pci|TASK ERROR: Cannot bind \S+ to vfio\b)(?!.*(?:denied|not permitted|busy))/i;
const bound = /vfio-pci\/(?:bind|new_id)|driver_override.*vfio|bind\w*\b.*vfio-pci|vfio-pci\b.*\bbind/i;
const table =
  /ACPI: (?:DMAR|IVRS)\b|ACPI: IORT: SMMU|(?:^|\b)DMAR: (?:Host address width|DRHD base|dmar\d+: reg_base|RMRR base|ATSR flags)|DMAR-IR: (?:IOAPIC id|HPET id|Enabled IRQ)|AMD-Vi: (?:Using global IVHD|ivrs)|acpi\/tables\/(?:DMAR|IVRS)$|device assignment IOMMU support *:\W*PASS/i;
const noTable =
  /\(XEN\) I\/O virtualisation disabled|No (?:ACPI )?(?:DMAR|IVRS|IORT)\b.{0,20}(?:found|present|table)|No DMAR devices found|No DMAR table|No such file.*acpi\/tables\/(?:DMAR|IVRS)|acpi\/tables\/(?:DMAR|IVRS)\S*:? .{0,30}No such file/i;

export const iommuState = once(readState);

function readState(view: View): IommuState {
  const turnedOff = flagOff(view);
  const { live } = view;
  const tables = live?.acpiTables?.filter((name) => /^(?:DMAR|IVRS)$/.test(name)) ?? [];
  return {
    ...(live?.iommuUnits ? liveState(live, live.iommuUnits, view) : toldState(view, turnedOff)),
    table: tables.length > 0 ? [`/sys/firmware/acpi/tables: ${tables.join(' ')}`] : quote(view.find(table)),
    tableMissing: missingTable(view, tables),
    turnedOff,
    askedFor:
      (view.args?.has('intel_iommu', 'on') ?? false) ||
      view.find(/DMAR: (?:Intel-)?IOMMU enabled/).length > 0,
    withoutIommu: refusedDevices(view),
  };
}

type State = Pick<IommuState, 'state' | 'proof'>;

function liveState({ iommuGroups }: LiveFacts, units: string[], view: View): State {
  if (units.length > 0) return { state: 'on', proof: [`/sys/class/iommu: ${units.join(' ')}`] };
  // Not every driver of POWER's and s390's units puts them into the class; groups are there all the same.
  return surroundings(view).notX86.length > 0 && (iommuGroups ?? 0) > 0
    ? { state: 'on', proof: [`/sys/kernel/iommu_groups: ${iommuGroups} groups`] }
    : { state: 'off', proof: ['/sys/class/iommu: empty', ...quote(view.find(off), 3)] };
}

/** What a log and facts prove. A device in a group proves more than a count, and an empty list more than a flag. */
function toldState(view: View, turnedOff: IommuState['turnedOff']): State {
  const counts = view.factsOf(/class\/iommu|iommu.?groups/i).filter(({ key }) => !/\/\d+\//.test(key));
  const ofDevices = view.factsOf(/iommu.?group$/i);
  const empty = counts.filter(({ value }) => saysEmpty(value)).map(({ line }) => line);
  const filled = [
    ...counts.filter(({ value }) => !saysEmpty(value)),
    ...ofDevices.filter(({ value }) => !saysAbsent(value)),
  ]
    .filter(({ value }) => /\d/.test(value))
    .map(({ line }) => line);
  const printed = [
    ...view.find(on),
    ...view.find(deviceOn).filter((line) => line.pci !== null),
    ...view.find(otherOn),
  ];
  const grouped = view.devices.filter((device) => device.iommuGroup !== null).map((device) => device.header);
  const proofOn = quote([...printed, ...grouped, ...filled]);
  if (proofOn.length > 0 && (empty.length === 0 || printed.length > 0))
    return { state: 'on', proof: proofOn };
  const proofOff = quote([
    ...[...empty, ...emptyListings(view), ...quote(view.find(off))],
    ...[...refusedDevices(view), ...view.find(notTaken), ...(turnedOff?.evidence ?? [])],
  ]);
  return proofOff.length > 0 ? { state: 'off', proof: proofOff } : { state: 'unknown', proof: [] };
}

/** In a container the tables are hidden, so that they aren't seen there proves nothing. */
function missingTable(view: View, tables: string[]): string[] {
  if (surroundings(view).insideContainer) return [];
  const listed = view.live?.acpiTables ?? [];
  if (listed.length > 0) return tables.length > 0 ? [] : ['/sys/firmware/acpi/tables: neither DMAR nor IVRS'];
  // What strace shows is what a program saw, wherever that runs.
  const seen = view.find(noTable).filter(({ text }) => !/^\w+\(.*= -1 E[A-Z]+/.test(text));
  return quote([...seen, ...absentTables(view), ...emptySearches(view), ...flagAlone(view)]);
}

/** Devices that vfio or QEMU found without a usable IOMMU group. */
const refusedDevices = (view: View): Line[] => [
  ...view.find(unusable),
  ...bindFailures(view),
  ...view
    .factsOf(/iommu_group$/)
    .filter(({ value }) => saysAbsent(value))
    .map(({ line }) => toLine(line, 'fact')),
];

const absentTables = (view: View): string[] =>
  view
    .factsOf(/acpi\/tables/)
    .filter(
      ({ value, key }) =>
        /absent|missing|no such|not (?:present|found)|^no\b|^none/i.test(value) &&
        /DMAR|IVRS|tables\/?$/.test(key),
    )
    .map(({ line }) => line);

/** A search of the kernel log for DMAR or IVRS that found nothing. */
const emptySearches = (view: View): string[] =>
  view.evidence.commands.flatMap(({ command, error }) =>
    /\b(?:dmesg|journalctl)\b.*\bgrep\b.*(?:DMAR|IVRS|iommu)/i.test(command) &&
    error !== null &&
    /^\s*$|^\W*(?:no output|nothing|empty|\(?no (?:lines|matches|result)s?\)?)\W*$/i.test(error)
      ? [`${command}: nothing`]
      : [],
  );

/** A search for DMAR that found the flag's message and no table, which the kernel would have named first. */
function flagAlone(view: View): string[] {
  const searches = /\b(?:dmesg|journalctl)\b[^|]*\|\s*grep\b(?:\s+-\w+)*\s+["']?DMAR["']?\s*$/i;
  if (!view.evidence.commands.some(({ command }) => searches.test(command))) return [];
  const found = view.find(/\bDMAR\b/).filter(({ text }) => !/\bgrep\b/.test(text));
  return found.every(({ text }) => /DMAR: (?:Intel-)?IOMMU enabled/.test(text)) ? quote(found) : [];
}

/** `ls /sys/class/iommu` that printed nothing, or that the directory isn't there. */
const emptyListings = (view: View): string[] =>
  view.evidence.commands.flatMap(({ command, error }) =>
    /^\s*(?:sudo )?(?:ls|find|dir)\b.*(?:class\/iommu|iommu_groups\/?(?:\s|$))/.test(command) &&
    error !== null &&
    (error.trim() === '' || /empty|no such file|nothing|total 0|no output|^0$/i.test(error))
      ? [command, ...(error.trim() === '' ? [] : [error])]
      : [],
  );

/** A bind to vfio-pci that the kernel refused with the error of a device without a usable IOMMU group. */
const bindFailures = (view: View): Line[] =>
  view.failures
    .filter(({ text, errno }) => bound.test(text) && (errno === 'ENODEV' || errno === 'EINVAL'))
    .flatMap(({ error }) => view.said.filter((line) => line.raw !== '' && error.includes(line.raw.trim())));

function flagOff(view: View): IommuState['turnedOff'] {
  const { args } = view;
  for (const name of ['intel_iommu', 'amd_iommu', 'iommu']) {
    const values = args?.values(name);
    const last = values?.findLast((value) => value === 'on' || value === 'off');
    if (last === 'off') {
      const token = args?.token(name) ?? `${name}=off`;
      return { token, evidence: quote([token, ...view.find(/IOMMU disabled/)]) };
    }
  }
  const bare = args?.tokens.find((token) => token === 'iommu.passthrough=off-all' || token === 'noiommu');
  if (bare) return { token: bare, evidence: [bare] };
  const disabled = view.find(/DMAR: IOMMU disabled|AMD IOMMU disabled (?:on|by) kernel command.?line/);
  const name = disabled.some(({ text }) => /AMD/.test(text)) ? 'amd_iommu' : 'intel_iommu';
  return disabled.length > 0 ? { token: `${name}=off`, evidence: quote(disabled) } : null;
}
