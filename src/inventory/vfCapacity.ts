import type { AddressRange, VfBar, VfCapacity } from '../model/vfCapacity';
import { number, type PciFacts } from './sysfs';

/** Bits of `flags` (include/linux/ioport.h). */
const memory = 0x200;
const unset = 0x20000000;
/** Places in `resource` (include/linux/pci.h): six BARs and the ROM, then the VF BARs, then a bridge's windows. */
const firstVfBar = 7;
const firstWindow = 13;

/** What sysfs says about the room for an adapter's VFs; `..` is the bridge above it. */
export function vfCapacity(facts: PciFacts): VfCapacity {
  const own = resources(facts.files.get('resource'));
  const bridge = resources(facts.files.get('../resource'));
  return {
    offset: number(facts, 'sriov_offset'),
    stride: number(facts, 'sriov_stride'),
    lastBus: number(facts, '../subordinate_bus_number'),
    // Without CONFIG_PCI_IOV the places of the VF BARs don't exist; a PF is only seen with it.
    vfBars: own && own.slice(firstVfBar, firstWindow).flatMap(vfBar),
    windows: bridge && bridge.slice(firstWindow).flatMap(window),
    msixPool: number(facts, 'sriov_vf_total_msix') || null,
  };
}

interface Resource extends AddressRange {
  flags: number;
}

function vfBar({ start, end, flags }: Resource, index: number): VfBar[] {
  if ((flags & memory) === 0 || end < start) return [];
  return [{ index, start, end, assigned: start !== 0 && (flags & unset) === 0 }];
}

const window = ({ start, end, flags }: Resource): AddressRange[] =>
  (flags & memory) !== 0 && (flags & unset) === 0 && end > start ? [{ start, end }] : [];

/** Lines `0xSTART 0xEND 0xFLAGS`; `null` when there are too few for the part we want. */
function resources(text: string | undefined): Resource[] | null {
  const lines = (text ?? '').split('\n').flatMap((line) => {
    const [, start, end, flags] = /^(0x[0-9a-f]+) (0x[0-9a-f]+) (0x[0-9a-f]+)$/.exec(line) ?? [];
    return start && end && flags ? [{ start: Number(start), end: Number(end), flags: Number(flags) }] : [];
  });
  return lines.length < firstWindow ? null : lines;
}
