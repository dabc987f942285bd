import type { Cause } from '../model/finding';
import type { View } from './view/view';

type Switch = 'iommu' | 'sriov' | 'mmio' | 'ari';

interface Vendor {
  /** In the DMI data: `Dell Inc. PowerEdge R740`. */
  is: RegExp;
  name: string;
  /** Where each switch is in the setup. Names differ from one generation to the next. */
  menus: Partial<Record<Switch, string>>;
}

/** The setups of servers and boards, as their manuals call them; the first row that fits. Not tried on the machines. */
const vendors: Vendor[] = [
  {
    is: /\bDell\b.*PowerEdge|PowerEdge.*\bDell\b/i,
    name: 'Dell PowerEdge (F2, System BIOS)',
    menus: {
      iommu: 'Processor Settings > Virtualization Technology: Enabled',
      sriov: 'Integrated Devices > SR-IOV Global Enable: Enabled',
      mmio: 'Integrated Devices > Memory Mapped I/O above 4GB: Enabled',
    },
  },
  {
    is: /\b(?:HPE?|Hewlett[ -]Packard(?: Enterprise)?)\b.*ProLiant|ProLiant/i,
    name: 'HPE ProLiant (F9, BIOS/Platform Configuration)',
    menus: {
      iommu: 'Virtualization Options > Intel VT-d, or AMD I/O Virtualization Technology: Enabled',
      sriov: 'Virtualization Options > SR-IOV: Enabled',
    },
  },
  {
    is: /\bLenovo\b.*ThinkSystem|ThinkSystem/i,
    name: 'Lenovo ThinkSystem (F1, UEFI Setup, System Settings)',
    menus: {
      iommu: 'Devices and I/O Ports > Intel VT for Directed I/O (VT-d): Enabled',
      sriov: 'Devices and I/O Ports > SR-IOV: Enabled',
      mmio: 'Devices and I/O Ports > PCI 64-Bit Resource Allocation: Enabled',
    },
  },
  {
    is: /Supermicro/i,
    name: 'Supermicro (Del, Advanced)',
    menus: {
      iommu:
        'Chipset Configuration > North Bridge > IIO Configuration > Intel VT for Directed I/O (VT-d): Enable',
      sriov: 'PCIe/PCI/PnP Configuration > SR-IOV Support: Enabled',
      mmio: 'PCIe/PCI/PnP Configuration > Above 4G Decoding: Enabled, and the MMIO High Size above it',
      ari: 'PCIe/PCI/PnP Configuration > ARI Support: Enabled',
    },
  },
  {
    is: /ASUS/i,
    name: 'ASUS (Del, Advanced)',
    menus: {
      iommu: 'System Agent (SA) Configuration > VT-d, or AMD CBS > IOMMU: Enabled',
      sriov: 'PCI Subsystem Settings > SR-IOV Support: Enabled',
      mmio: 'PCI Subsystem Settings > Above 4G Decoding: Enabled',
    },
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
    ...view.find(/^DMI: |Hardware name: /).map(({ text }) => text),
  ].join(' ');
  const vendor = vendors.find(({ is }) => is.test(machine));
  if (!vendor) return [];
  const { name, menus } = vendor;
  return wanted.flatMap((one) => (menus[one] ? [`${name}: ${menus[one]}`] : []));
}
