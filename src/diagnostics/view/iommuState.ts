import type { Line } from './line';
import { saysEmpty } from './facts';
import { surroundings } from './surroundings';
import { quote, type View } from './view';

/** Whether DMA is translated on this host, by what proves it: flags and tables alone don't. */
export interface IommuState {
  state: 'on' | 'off' | 'unknown';
  proof: string[];
  /** The firmware describes an IOMMU (DMAR, IVRS, IORT). */
  table: string[];
  /** It is seen not to. */
  tableMissing: string[];
  /** A kernel argument turns it off. */
  turnedOff: { token: string; evidence: string[] } | null;
  /** A kernel argument asks for it. */
  askedFor: boolean;
  /** The command line is known. */
  argsKnown: boolean;
  /** PCI addresses that vfio or QEMU found without a usable IOMMU, though it may be on. */
  withoutIommu: Line[];
}

/** Printed only when translation is being switched on, or by a device that is translated. */
const on =
  /Virtualization Technology for Directed I\/O|\bdmar\d+: Using (?:Queued|Register based) invalidation|Intel-IOMMU force enabled|DMAR: No (?:RMRR|ATSR|SATC) found|DMAR: Setting (?:RMRR|identity map)|Hardware identity mapping|AMD-Vi: (?:Found IOMMU|IOMMU performance counters|Extended features|Interrupt remapping enabled|Lazy IO\/TLB|Virtual APIC enabled|Initialized for Passthrough)|perf\/amd_iommu: Detected|arm-smmu\S* \S+: (?:ias \d|probing|SMMUv)|(?:device assignment IOMMU support|IOMMU is enabled by kernel) *: (?:\W*)PASS/i;
const deviceOn =
  /\b(?:Adding to iommu group|added to iommu group|IOMMU Group) \d+|iommu_groups\/\d+\/devices\/\S|iommu_group (?:->|→) \S*\d/i;
const off =
  /DMAR: IOMMU disabled|AMD IOMMU disabled|IOMMU appears to be disabled in kernel|No IOMMU detected|host doesn'?t support (?:VFIO )?(?:PCI )?passthrough|\bIOMMU\b(?: support)? (?:is |isn'?t |was )?(?:not |un)(?:enabled|detected|found|present|loaded|available|active)|IOMMU isn'?t|vfio-noiommu|(?:no|not any) iommu.groups?\b(?! found)/i;
const unusable =
  /no iommu_group found|iommu_group\S*: No such file|vfio[-_]pci[: ].*(?:failed with error|fail).*-(?:22|19)\b|failed to get iommu.?group|IOMMU group not found/i;
const bound = /vfio-pci\/(?:bind|new_id)|driver_override.*vfio|bind\w*\b.*vfio-pci|vfio-pci\b.*\bbind/i;
const table =
  /ACPI: (?:DMAR|IVRS|IORT)\b|(?:^|\b)DMAR: (?:Host address width|DRHD base|dmar\d+: reg_base|RMRR base|ATSR flags)|DMAR-IR: (?:IOAPIC id|HPET id|Enabled IRQ)|AMD-Vi: (?:Using global IVHD|ivrs)|acpi\/tables\/(?:DMAR|IVRS|IORT)$/i;
const noTable =
  /No (?:ACPI )?(?:DMAR|IVRS|IORT)\b.{0,20}(?:found|present|table)|No DMAR devices found|No DMAR table|No such file.*acpi\/tables\/(?:DMAR|IVRS)|acpi\/tables\/(?:DMAR|IVRS)\S*:? .{0,30}No such file/i;

const known = new WeakMap<View, IommuState>();
export function iommuState(view: View): IommuState {
  const state = known.get(view) ?? readState(view);
  known.set(view, state);
  return state;
}

function readState(view: View): IommuState {
  const { live } = view;
  const around = surroundings(view);
  const proofOn = [...view.find(on), ...view.find(deviceOn).filter((line) => line.pci !== null)];
  const groups = view.devices.filter((device) => device.iommuGroup !== null).map((device) => device.header);
  const withoutIommu = [...view.find(unusable), ...bindFailures(view)];
  const empty = [
    ...view
      .factsOf(/class\/iommu|iommu.?groups?\b/i)
      .filter(({ key, value }) => saysEmpty(value) && !/\/\d+\//.test(key)),
  ].map(({ line }) => line);
  const listed = view
    .factsOf(/class\/iommu|iommu.?groups?\b/i)
    .filter(({ value }) => !saysEmpty(value) && /\d/.test(value))
    .map(({ line }) => line);
  const proofOff = [...empty, ...emptyListings(view), ...quote(view.find(off))];
  const found = quote([...proofOn, ...groups, ...listed]);
  const tables = live?.acpiTables?.filter((name) => /^(?:DMAR|IVRS|IORT)$/.test(name)) ?? [];
  const turnedOff = flagOff(view);
  return {
    ...(live?.iommuUnits
      ? live.iommuUnits.length > 0
        ? { state: 'on' as const, proof: [`/sys/class/iommu: ${live.iommuUnits.join(' ')}`] }
        : { state: 'off' as const, proof: ['/sys/class/iommu: empty', ...quote(view.find(off), 3)] }
      : found.length > 0 && !(empty.length > 0 && proofOn.length === 0)
        ? { state: 'on' as const, proof: found }
        : proofOff.length > 0 || withoutIommu.length > 0 || turnedOff
          ? {
              state: 'off' as const,
              proof: quote([...proofOff, ...withoutIommu, ...(turnedOff?.evidence ?? [])]),
            }
          : { state: 'unknown' as const, proof: [] }),
    table: tables.length > 0 ? [`/sys/firmware/acpi/tables: ${tables.join(' ')}`] : quote(view.find(table)),
    tableMissing: around.insideContainer
      ? []
      : live?.acpiTables && live.acpiTables.length > 0 && tables.length === 0
        ? ['/sys/firmware/acpi/tables: neither DMAR nor IVRS nor IORT']
        : quote([...view.find(noTable), ...absentTables(view)]),
    turnedOff,
    askedFor:
      (view.args?.has('intel_iommu', 'on') ?? false) ||
      view.find(/DMAR: (?:Intel-)?IOMMU enabled/).length > 0,
    argsKnown: view.args !== null,
    withoutIommu,
  };
}

const absentTables = (view: View): string[] =>
  view
    .factsOf(/acpi\/tables/)
    .filter(
      ({ value, key }) =>
        /absent|missing|no such|not (?:present|found)|^no\b|^none/i.test(value) &&
        /DMAR|IVRS|tables\/?$/.test(key),
    )
    .map(({ line }) => line);

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
  const told = view.find(/DMAR: IOMMU disabled|AMD IOMMU disabled on kernel command-line/);
  return told.length > 0 ? { token: 'intel_iommu=off', evidence: quote(told) } : null;
}
