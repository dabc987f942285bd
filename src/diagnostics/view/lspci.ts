import { fullPci } from './line';

export interface LspciDevice {
  pci: string;
  header: string;
  /** `Ethernet controller`, `Infiniband controller` … without the number in brackets. */
  class: string;
  name: string;
  isVf: boolean;
  isNetwork: boolean;
  lines: string[];
  driver: string | null;
  modules: string[];
  iommuGroup: number | null;
  sriov: SriovCapability | null;
}

export interface SriovCapability {
  totalVfs: number | null;
  numVfs: number | null;
  offset: number | null;
  stride: number | null;
  /** Lines of VF BARs without an address. */
  unassigned: string[];
}

const header =
  /^(?:IOMMU Group \d+:? +)?((?:[0-9a-f]{4,5}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) +"?([A-Z][^:"]{2,60}?)(?: \[[0-9a-f]{4}\])?"?: +(.+)$/i;
const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** Devices of `lspci` in any verbosity; lines that belong to none are left out. */
export function lspciDevices(lines: readonly string[]): LspciDevice[] {
  const blocks: { match: RegExpExecArray; lines: string[] }[] = [];
  for (const line of lines) {
    const match = header.exec(line.trim());
    if (match) blocks.push({ match, lines: [line] });
    else if (/^\s/.test(line)) blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ match, lines: block }) => {
    const name = match[3] ?? '';
    const driver = found(block, /Kernel driver in use: *(\S+)/);
    return {
      ...{
        pci: fullPci(match[1] ?? ''),
        header: block[0] ?? '',
        class: match[2] ?? '',
        name,
        lines: block,
        driver,
      },
      isVf: /virtual function|\bVF\b/i.test(name),
      isNetwork: /ethernet|network|infiniband/i.test(match[2] ?? ''),
      modules: found(block, /Kernel modules: *(.+)/)?.split(/[, ]+/) ?? [],
      iommuGroup: number(found(block, /IOMMU group: *(\d+)/i) ?? /^IOMMU Group (\d+)/i.exec(match[0])?.[1]),
      sriov: sriovCapability(block),
    };
  });
}

const found = (lines: string[], pattern: RegExp): string | null => {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match[1]?.trim() ?? null;
  }
  return null;
};

function sriovCapability(block: string[]): SriovCapability | null {
  const start = block.findIndex((line) => /Single Root I\/O Virtualization|SR-IOV\)/.test(line));
  if (start < 0) return null;
  const rest = block.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*Capabilities:|^\s*Kernel /.test(line));
  const lines = end < 0 ? rest : rest.slice(0, end);
  const value = (pattern: RegExp) => number(found(lines, pattern) ?? undefined);
  return {
    totalVfs: value(/Total VFs: *(\d+)/),
    numVfs: value(/Number of VFs: *(\d+)/),
    offset: value(/VF offset: *(\d+)/),
    stride: value(/stride: *(\d+)/),
    unassigned: lines.filter((line) => /Region \d: Memory at (?:<(?:unassigned|ignored)>|0+ \()/.test(line)),
  };
}
