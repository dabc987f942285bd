import { fix, said, whenPassedOn, type Family } from '../rule';

export const firmwareTables: Family = {
  id: 'iommu.firmware-tables',
  cause: 'dmar-firmware-bug',
  fine: 'The firmware tables of the IOMMU are valid',
  looked: () => [],
  rules: [
    {
      id: 'firmware-tables.unit-dead',
      cause: 'dmar-firmware-bug',
      severity: whenPassedOn('error'),
      when: said(
        /DMAR reported at (?:address \S+ returns all ones|zero address)|DMAR: (?:Failed to map|Invalid DMAR|parse DMAR table failure)|DMAR hardware is malfunctioning/i,
      ),
      title: 'The firmware describes an IOMMU unit that does not respond',
      explain:
        'The DMAR table points to a unit whose registers read as all ones or that cannot be used: the firmware disabled it or reports a wrong address. Devices behind it are not translated.',
      fixes: [fix('bios', 'Update the BIOS; disable and re-enable VT-d in its setup')],
    },
    {
      id: 'firmware-tables.broken',
      cause: 'dmar-firmware-bug',
      severity: whenPassedOn('warning'),
      when: said(
        /\[Firmware Bug\].*(?:RMRR|DMAR|IVHD|IVMD|IVRS)|bad RMRR|(?:DMAR|AMD-Vi): \[Firmware Bug\]|\[Firmware Bug\]: AMD-Vi|Your BIOS is broken|RMRR entry for device .* is broken|IVRS.*(?:invalid|broken|checksum)/i,
      ),
      title: 'The firmware tables of the IOMMU have errors',
      explain:
        'The kernel works around it, marked as tainted; translation can still be on. This justifies a BIOS update, but is rarely why something fails.',
      fixes: [fix('bios', 'Update the BIOS')],
      yieldsTo: ['dmar-firmware-bug'],
    },
    {
      id: 'firmware-tables.faults',
      cause: 'dmar-firmware-bug',
      severity: whenPassedOn('info'),
      when: said(/DRHD: handling fault status|\[DMA (?:Read|Write)[^\]]*\] Request device|IO_PAGE_FAULT/i),
      title: 'The IOMMU blocked a forbidden access',
      explain:
        'A device accessed memory that is not mapped for it. The IOMMU works as intended; check the driver and the firmware of that device.',
    },
  ],
};
