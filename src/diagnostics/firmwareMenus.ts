import type { Cause } from '../model/finding';
import type { View } from './view/view';

type Switch = 'iommu' | 'sriov' | 'mmio' | 'ari';

interface Vendor {
  /** In the DMI data: `Dell Inc. PowerEdge R740`. */
  is: RegExp;
  name: string;
  /** The page that says so; the names alone are shown where there is none. */
  source?: string;
  /** Where a switch is in the setup, as `source` has it. Menus differ from one generation to the next. */
  menus?: Partial<Record<Switch, string>>;
  /** What a switch is called in it, as far as is generally known. */
  names?: Partial<Record<Switch, string>>;
}

/** The setups of servers and boards; the first row that fits. Not tried on the machines. */
const vendors: Vendor[] = [
  {
    is: /\bDell\b.*PowerEdge|PowerEdge.*\bDell\b/i,
    name: 'Dell PowerEdge (F2, System BIOS)',
    names: {
      iommu: 'Virtualization Technology',
      sriov: 'SR-IOV Global Enable',
      mmio: 'Memory Mapped I/O above 4GB',
    },
  },
  {
    is: /\b(?:HPE?|Hewlett[ -]Packard(?: Enterprise)?)\b.*ProLiant|ProLiant/i,
    name: 'HPE ProLiant (F9, BIOS/Platform Configuration, Virtualization Options)',
    names: { iommu: 'Intel VT-d, or AMD I/O Virtualization Technology', sriov: 'SR-IOV' },
  },
  {
    is: /\bLenovo\b.*ThinkSystem|ThinkSystem/i,
    name: 'Lenovo ThinkSystem (F1, UEFI Setup, System Settings, Devices and I/O Ports)',
    names: {
      iommu: 'Intel VT for Directed I/O (VT-d)',
      sriov: 'SR-IOV',
      mmio: 'PCI 64-Bit Resource Allocation',
    },
  },
  {
    is: /Supermicro/i,
    name: 'Supermicro (Del, Advanced)',
    source:
      'X11DDW-L/NT manual, chapter 4, "Intel VT for Directed I/O (VT-d)"; the parent menus as reported for X10SRL-F',
    menus: {
      iommu:
        'Chipset Configuration > North Bridge > IIO Configuration > Intel VT for Directed I/O (VT-d): Enable',
    },
    names: {
      sriov: 'SR-IOV Support',
      mmio: 'Above 4G Decoding, and MMIO High Size',
      ari: 'ARI Support',
    },
  },
  {
    is: /ORACLE SERVER|Exadata|\bSun (?:Server|Blade|Fire)\b/i,
    name: 'Oracle (F2)',
    source: 'Oracle Exadata X8-2 Database Server Service Manual, "BIOS IO Menu Selections"',
    menus: {
      iommu: 'IO > IO Virtualization > VT-d: Enabled',
      mmio: 'IO > PCI Subsystem Settings > PCI 64 Bit Resources Allocation: Enabled',
    },
    names: { sriov: 'SR-IOV' },
  },
  {
    is: /ASRock/i,
    name: 'ASRock (F2 or Del, Advanced)',
    names: {
      iommu: 'VT-d, or AMD CBS > IOMMU',
      sriov: 'SR-IOV Support',
      mmio: 'Above 4G Decoding',
      ari: 'ARI Support',
    },
  },
  {
    is: /\bASUS/i,
    name: 'ASUS (Del, F7, Advanced)',
    source:
      'informatiweb.net "Enable IOMMU or VT-d in your BIOS" (WS X299 SAGE); tutorial.info "Above 4G Decoding" (Z790, B650)',
    menus: {
      iommu: 'System Agent (SA) Configuration > VT-d: Enabled; on AMD look for "IOMMU"',
      mmio: 'PCI Subsystem Settings > Above 4G Decoding: Enabled',
    },
    names: { sriov: 'SR-IOV Support' },
  },
  {
    is: /Gigabyte/i,
    name: 'Gigabyte (Del)',
    source: 'tutorial.info "Above 4G Decoding" (B650M, B760, AERO)',
    menus: { mmio: 'Settings > IO Ports > Above 4G Decoding: Enabled' },
    names: { iommu: 'VT-d, or IOMMU', sriov: 'SR-IOV Support' },
  },
  {
    is: /Micro-Star|\bMSI\b/i,
    name: 'MSI (Del)',
    source: 'MS-91E2 manual, page 3-13, "Intel VT for Directed I/O Configuration"',
    menus: { iommu: 'Intel(R) VT for Directed I/O Configuration > Intel(R) VT-d; on AMD look for "IOMMU"' },
    names: { sriov: 'SR-IOV Support', mmio: 'Above 4G Memory/Crypto Currency Mining, or Above 4G Decoding' },
  },
];

const asks: Partial<Record<Cause, Switch[]>> = {
  'vtd-off-in-bios': ['iommu'],
  'sriov-off-in-bios': ['sriov'],
  'mmio-too-small': ['sriov', 'mmio'],
  'ari-missing': ['ari'],
  'bus-out-of-range': ['ari'],
};

/** Where in this vendor's setup it is, by the DMI data; nothing when the vendor or the place isn't known. */
export function firmwareMenus(cause: Cause, view: View): string[] {
  const wanted = asks[cause];
  if (!wanted) return [];
  const machine = [
    ...view.factsOf(/\/dmi\/id\//).map(({ value }) => value),
    ...view.find(/^DMI: |Hardware name: |^(?:Manufacturer|Product Name|Vendor): \S/).map(({ text }) => text),
  ].join(' ');
  const vendor = vendors.find(({ is }) => is.test(machine));
  if (!vendor) return [];
  const { name, menus = {}, names = {} } = vendor;
  return wanted.flatMap((one) => {
    if (menus[one] !== undefined) return [`${name}: ${menus[one]}`];
    return names[one] === undefined ? [] : [`${name}: look for "${names[one]}"`];
  });
}
