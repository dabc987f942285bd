/** The PCI side of one function, as sysfs has it. */
export interface PciFacts {
  /** Path below the device's folder → value of the file, without the last end of line. */
  files: Map<string, string>;
  /** Path below the device's folder → last part of the link's target. */
  links: Map<string, string>;
}

const base = String.raw`/sys/bus/pci/devices/([0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f])/`;
const fileLine = new RegExp(`^${base}([^:]+):(.*)$`);
const linkLine = new RegExp(`^${base}(\\S+) -> (?:.*/)?([^/]+)$`);

/** From `grep -H ''` over files and `stat -c %N` over links: PCI address of the PF → its facts. */
export function pciFacts(files: string, links: string): Map<string, PciFacts> {
  const functions = new Map<string, PciFacts>();
  const read = (text: string, pattern: RegExp, kind: keyof PciFacts) => {
    for (const line of text.split('\n')) {
      const [, pci, below, value] = pattern.exec(line) ?? [];
      if (!pci || !below || value === undefined) continue;
      const facts: PciFacts = functions.get(pci) ?? { files: new Map(), links: new Map() };
      functions.set(pci, facts);
      const before = kind === 'files' ? facts.files.get(below) : undefined;
      facts[kind].set(below, before === undefined ? value : `${before}\n${value}`);
    }
  };
  read(files, fileLine, 'files');
  read(links, linkLine, 'links');
  return functions;
}

/** The number in a sysfs file, or null; `-1` means unknown in all the files we read. */
export function number(facts: PciFacts, file: string): number | null {
  const text = facts.files.get(file);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** A file of one of the function's network devices; that of a virtio card is in the folder of the virtio device. */
export const netdevFile = ({ files }: PciFacts, name: string, file: string): string | undefined =>
  files.get(`net/${name}/${file}`) ??
  [...files].find(([below]) => /^virtio\d+\//.test(below) && below.endsWith(`/net/${name}/${file}`))?.[1];
