import type { Cause } from '../../model/finding';
import { addArgs, removeArg } from './bootloader';
import { command } from '../command';
import { fix, hit, said, whenPassedOn, type Family, type Hit } from '../rule';
import { notInListing } from '../view/iommuGroups';
import { iommuState } from '../view/iommuState';
import { surroundings } from '../view/surroundings';
import { quote, type View } from '../view/view';

/** Why translation is off, the likeliest first. Empty when it isn't known to be off. */
export function whyOff(view: View): Cause[] {
  const iommu = iommuState(view);
  const around = surroundings(view);
  if (view.find(lacksCapability).length > 0) return [];
  if (iommu.state === 'on') {
    if (iommu.withoutIommu.length === 0) return [];
    const without = iommu.withoutIommu.some(
      ({ text, pci }) =>
        /no iommu_?group|iommu_group\S*: No such/i.test(text) || (pci !== null && notInListing(view, pci)),
    );
    if (!without) return ['iommu-capability-missing', 'no-iommu-hardware'];
    return around.notX86.length > 0 ? ['dt-map-missing', 'no-iommu-hardware'] : ['no-iommu-hardware'];
  }
  if (iommu.state === 'unknown')
    return iommu.tableMissing.length > 0 && around.guest.length === 0 ? ['vtd-off-in-bios'] : [];
  if (iommu.turnedOff) return ['iommu-disabled-by-flag'];
  if (iommu.table.length > 0)
    return iommu.askedFor ? ['iommu-capability-missing', 'no-iommu-hardware'] : ['iommu-flag-missing'];
  if (around.guest.length > 0) return ['guest-no-viommu'];
  if (view.live?.insideContainer) return [];
  if (around.notX86.length > 0)
    return around.deviceTree
      ? ['no-iommu-hardware', 'dt-map-missing']
      : ['vtd-off-in-bios', 'no-iommu-hardware'];
  if (iommu.tableMissing.length > 0 || iommu.askedFor) return ['vtd-off-in-bios', 'no-iommu-hardware'];
  return around.amd ? ['vtd-off-in-bios', 'iommu-flag-missing'] : ['iommu-flag-missing', 'vtd-off-in-bios'];
}

/** The likeliest cause is said outright, the next one as a possibility. */
export const offBecause =
  (cause: Cause) =>
  (view: View): Hit[] => {
    const place = whyOff(view).indexOf(cause);
    if (place < 0) return [];
    const { proof, withoutIommu, tableMissing, table, state } = iommuState(view);
    const about = state === 'on' ? withoutIommu : [...proof, ...tableMissing, ...table.slice(0, 3)];
    return [
      hit(withoutIommu[0]?.pci, quote(about), {
        severity: whenPassedOn(place === 0 ? 'error' : 'warning'),
        says: place === 0 ? 'is' : 'may be',
      }),
    ];
  };
const outright = ({ says }: Hit) => says === 'is';

const fine = 'DMA remapping is on';
export const iommu: Family = {
  id: 'iommu.translation',
  cause: 'iommu-flag-missing',
  fine,
  looked: (view) => (iommuState(view).state === 'on' ? iommuState(view).proof.slice(0, 3) : []),
  rules: [
    {
      id: 'iommu.disabled-by-flag',
      cause: 'iommu-disabled-by-flag',
      severity: whenPassedOn('error'),
      when: (view) => {
        const { turnedOff } = iommuState(view);
        return offBecause('iommu-disabled-by-flag')(view).map((h) => ({
          ...h,
          evidence: quote([...(turnedOff?.evidence ?? []), ...h.evidence]),
          says: turnedOff?.token,
        }));
      },
      title: ({ says }) => `The IOMMU is disabled by ${says ?? 'a kernel argument'}`,
      explain:
        'The firmware provides an IOMMU, but this kernel is told not to use it. A VF in a container does not need it; vfio, DPDK and virtual machines do.',
      fixes: ({ says }, view) => [removeArg(view, says ?? 'intel_iommu')],
    },
    {
      id: 'iommu.flag-missing',
      cause: 'iommu-flag-missing',
      severity: whenPassedOn('error'),
      when: offBecause('iommu-flag-missing'),
      title: (h) =>
        outright(h)
          ? 'The IOMMU is available, but not enabled'
          : 'The IOMMU may not be enabled by a kernel argument',
      explain:
        'This kernel leaves the IOMMU off by default, and no kernel argument enables it. Only vfio, DPDK and virtual machines need it.',
      fixes: (_, view) => [addArgs(view, 'intel_iommu=on iommu=pt')],
    },
    {
      id: 'iommu.off-in-bios',
      cause: 'vtd-off-in-bios',
      severity: whenPassedOn('error'),
      when: offBecause('vtd-off-in-bios'),
      title: (h) =>
        outright(h)
          ? 'The firmware provides no IOMMU: VT-d or AMD-Vi is disabled'
          : 'VT-d, AMD-Vi or the SMMU may be disabled in the firmware',
      explain:
        'The firmware describes no IOMMU (a DMAR or IVRS table; on ARM an SMMU in the IORT), so no kernel argument can enable it. If the processor and the board have one, enable it in the BIOS setup.',
      fixes: [
        fix(
          'bios',
          'Enable "Intel VT-d" / "VT for Directed I/O" (Intel), "IOMMU" / "AMD-Vi" (AMD) or "SMMU" (ARM) in the BIOS setup',
        ),
      ],
    },
    {
      id: 'iommu.no-hardware',
      cause: 'no-iommu-hardware',
      severity: whenPassedOn('error'),
      when: offBecause('no-iommu-hardware'),
      title: (h) =>
        outright(h) ? 'This device is not behind an IOMMU' : 'This device may not be behind an IOMMU',
      explain:
        'The kernel assigned no IOMMU group to the device, and there is no sign of an IOMMU unit for it. It can only be used by the host itself, or unsafely in vfio no-IOMMU mode.',
    },
    {
      id: 'iommu.capability-missing',
      cause: 'iommu-capability-missing',
      severity: whenPassedOn('error'),
      when: (view) => [...offBecause('iommu-capability-missing')(view), ...quoteCapability(view)],
      title: 'The IOMMU lacks features that vfio requires',
      explain:
        'The device is translated, but vfio still rejects it: it requires enforced cache coherency and a large enough address space, which this IOMMU does not provide for this device.',
      yieldsTo: ['rmrr-locked', 'interrupt-remapping-missing', 'iommu-group-shared'],
    },
    {
      id: 'iommu.not-mapped',
      cause: 'dt-map-missing',
      severity: whenPassedOn('error'),
      when: (view) => [...said(unmapped)(view), ...offBecause('dt-map-missing')(view)],
      title: (h) =>
        h.says === 'may be'
          ? 'The device tree may map no IOMMU for the VFs'
          : 'The firmware maps no IOMMU stream or interrupt for the VFs',
      explain:
        'On ARM and RISC-V, iommu-map and msi-map of the PCIe host in the device tree (on servers, the ID mappings of the IORT) say which stream and which interrupts a requester ID has. The IDs of the VFs, which lie beyond those of the physical function, are not among them.',
      fixes: [
        fix(
          'firmware',
          'Extend iommu-map and msi-map of the PCIe host to the requester IDs of the VFs (a device tree overlay), or update the firmware that has the IORT',
        ),
        fix('command', 'See what is mapped', {
          commands: [command`grep -rl . /sys/firmware/devicetree/base --include=iommu-map --include=msi-map`],
        }),
      ],
    },
    {
      id: 'iommu.unreadable',
      cause: 'iommu-flag-missing',
      severity: whenPassedOn('unknown', 'info'),
      when: (view) =>
        view.live !== null &&
        (view.live.iommuUnits === null ||
          (view.live.insideContainer === true && view.live.iommuUnits.length === 0))
          ? [hit('host', view.live.insideContainer ? ['seen from inside a container'] : [])]
          : [],
      title: 'The state of the IOMMU is unknown',
      explain:
        "/sys/class/iommu is not readable, or this is inside a container, where the host's firmware tables are hidden. Check on the host itself.",
    },
  ],
};

/** drivers/of/base.c, drivers/iommu/arm, drivers/irqchip: an ID that no map has. */
const unmapped =
  /\bno (?:iommu|msi)-map translation for\b|\b(?:iommu|msi)-map\b.{0,60}\b(?:missing|absent|no entr|not (?:cover|present|found|there)|lacks?|only covers)|\b(?:missing|no|without|lacks?)\b.{0,20}\b(?:iommu|msi)-map\b|IORT\b.{0,60}\b(?:no|can'?t find|could not find|failed to (?:find|map))\b.{0,40}\b(?:mapping|node|ID)\b|C_BAD_STREAMID|Blocked unknown Stream ID/i;

/** Refusals that name the missing capability. */
const capability =
  /cache.?coheren\w*.{0,40}(?:not supported|missing|lack|required|unsupported)|(?:not support|n['’]t support|lacks?|requires?|no)\b.{0,40}cache.?coheren|address width.{0,40}(?:not supported|exceeds|smaller|insufficient)|caching-mode=on for intel-iommu|iommu_capable\(\) returned false|IOMMU does not support (?:\d+.?bit|using IOVA as VA)|doesn'?t support snoop/i;
/** vfio has asked the IOMMU of that device, so there is one. */
const lacksCapability = /iommu_capable\(\) returned false/;
const quoteCapability = (view: View): Hit[] => {
  const lines = view.find(capability);
  return lines.length > 0 ? [hit(lines[0]?.pci, lines)] : [];
};
