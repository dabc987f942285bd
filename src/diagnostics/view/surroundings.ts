import { anyClient } from '../../model/engines';
import { once } from './once';
import type { View } from './view';
import { quote } from './view';

/** What kind of machine the evidence comes from. */
export interface Surroundings {
  /** What shows that it is a virtual machine. */
  guest: string[];
  /** It was looked at from inside a container, where firmware tables are hidden. */
  insideContainer: boolean;
  /** What shows an architecture without DMAR and IVRS: ARM, POWER, s390, RISC-V. */
  notX86: string[];
  /** Of those, a board that is described by a device tree: no setup has a switch for its IOMMU. */
  deviceTree: boolean;
  amd: boolean;
}

/**
 * Intel's 82540EM and 82545EM are what QEMU, VirtualBox and VMware emulate; the real ones are older than any IOMMU. Real cards
 * of the driver e1000 are behind a bridge, QEMU's are on bus 00.
 */
const guest =
  /Hypervisor detected: |Booting paravirtualized kernel on (?!bare)|Hypervisor vendor: +(?:KVM|VMware|Microsoft|Bochs)|Virtualization type: +full|(?:DMI|Hardware name|system-product-name|Product Name|Manufacturer): ?"?(?:QEMU|VMware|Microsoft Corporation Virtual|innotek|VirtualBox|Red Hat (?:KVM|OpenStack|RHEV)|RDO OpenStack|OpenStack|Google|Amazon EC2|Bochs|Parallels|Xen HVM|KVM\b)|\bhv_(?:vmbus|netvsc|pci)\b|\b8254[05]EM\b|^vmxnet3 |^(?:ena|gve) (?:[\da-f]{4}:)?[\da-f]{2}:|^virtio_net virtio\d+ |\bdrv=(?:virtio-pci|vmxnet3|ena|gve)\b|^driver: (?:virtio_net|vmxnet3|ena|gve|hv_netvsc|vif|mana)$|'(?:Virtio network device|VMXNET3 Ethernet|Elastic Network Adapter)|Compute Engine Virtual Ethernet|\b00:[\da-f]{2}\.[0-7] - .*\/drivers\/e1000\/|^e1000 (?:0000:)?00:|^(?:0000:)?00:\S+ '.*\bdrv=e1000\b|systemd-detect-virt\S* *[:=>-]* *(?:kvm|qemu|vmware|microsoft|oracle|xen|amazon|parallels|bochs)\b|\b(?:inside|within|in) (?:a|an|the) (?:\w+ )?(?:VM|guest|virtual machine)\b|\bnested\b.*\b(?:VM|virtuali[sz]ation|guest)/i;
const guestDevice =
  /VMware|Virtio|QEMU|Elastic Network Adapter|Compute Engine|Hyper-V|VirtualBox|Xen Platform/i;
/** What systemd-detect-virt calls virtual machines. */
const guestPattern =
  /^(?:kvm|qemu|vmware|microsoft|oracle|xen|amazon|google|parallels|bochs|openstack|bhyve|acrn|apple|zvm|powervm)$/i;
const container = new RegExp(
  `\\bin (?:the |a )?(?:pod|container)\\b|\\bkubectl exec\\b|\\b${anyClient} (?:exec|run)\\b|\\boc (?:exec|rsh)\\b|\\bsh-\\d\\.\\d# .*virt-host|\\/\\.dockerenv`,
  'i',
);
/** As `uname -m` calls them, and processors of ARM servers, which people name instead. */
const architecture =
  /\b(?:aarch64|arm64|armv[78]\w*|arm (?:cpu|processor|server|host|platform)s?|(?:Grace|Ampere|Kunpeng|ThunderX\d?|Graviton\d?|Phytium) (?:Hopper|Blackwell|CPU|Superchip|Altra|920|eMAG|server)s?|AmpereOne|G[HB][23]00|ppc64(?:le|el)?|powerpc64\w*|s390x?|riscv64|loongarch64)\b/i;
/** Boards with a device tree, and what the kernels of these architectures print at their start. */
const otherBoard =
  /Raspberry Pi|\bbcm2\d{3}|brcm-pcie|\brk3[35]\d{2}|rockchip|Machine model:|Booting Linux on physical CPU 0x|\bPowerNV\b|\bpSeries\b|\bzpci\b/i;

/** What has no setup with a switch for an IOMMU: boards with a device tree, POWER and mainframes. */
const deviceTree =
  /Raspberry Pi|\bbcm2\d{3}|brcm-pcie|\brk3[35]\d{2}|rockchip|Machine model:|OF: fdt|devicetree|device tree|\briscv|zpci|PowerNV|pSeries|ppc64|s390x/i;

/** What a device tree names: the address of its registers, then what it is. */
const nodeOfTree =
  /\biommu_groups\/\d+\/devices\/[\da-f]{5,}\.[a-z]|\b[\da-f]{6,}\.[a-z][\w-]*: Adding to iommu group \d/;

export const surroundings = once(look);

function look(view: View): Surroundings {
  const { live } = view;
  if (live)
    return {
      guest:
        live.virtualization !== null && guestPattern.test(live.virtualization)
          ? [`systemd-detect-virt: ${live.virtualization}`]
          : [],
      insideContainer: live.insideContainer ?? false,
      notX86:
        live.architecture && architecture.test(live.architecture) ? [`uname -m: ${live.architecture}`] : [],
      deviceTree: view.find(deviceTree).length > 0,
      amd: /AMD|Hygon/i.test(live.cpuVendor ?? ''),
    };
  const virtualised = view.facts.filter(
    ({ key, value }) => /virt/i.test(key) && guestPattern.test(value.trim()),
  );
  const asked = view.evidence.commands.filter(
    ({ command, error }) => /systemd-detect-virt/.test(command) && guestPattern.test((error ?? '').trim()),
  );
  return {
    guest: quote([
      ...view.find(guest),
      ...view.devices.filter(({ name }) => guestDevice.test(name)).map(({ header }) => header),
      ...virtualised.map(({ line }) => line),
      ...asked.map(({ command, error }) => `${command}: ${error ?? ''}`),
    ]),
    insideContainer: view.find(container).length > 0,
    notX86: quote([
      ...view.lines.filter(({ text }) => otherBoard.test(text) || nodeOfTree.test(text)),
      ...view.find(architecture),
    ]),
    deviceTree: view.lines.some(({ text }) => deviceTree.test(text)),
    amd: view.find(/AMD-Vi:|AuthenticAMD|\bIVRS\b|\bRyzen\b|\bEPYC\b/).length > 0,
  };
}
