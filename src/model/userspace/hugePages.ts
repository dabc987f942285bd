/** Huge pages of one size on one NUMA node. */
export interface HugePages {
  /** `null`: of the whole host, wherever they are. */
  node: number | null;
  /** The size of a page, in KiB. */
  kb: number;
  total: number;
  free: number;
}

/** The processors of one NUMA node. */
export interface NodeCpus {
  node: number;
  /** `0-3,8`. */
  cpus: string;
}

/** So many huge pages of one size. */
export interface WantedPages {
  kb: number;
  count: number;
}

const units: Record<string, number> = { K: 1, M: 1024, G: 1024 * 1024 };

/** Reads `1G:4` or `2M:512`. A text is what is wrong with it. */
export function parsePages(given: string): WantedPages | string {
  const [, size = '', unit = '', count = ''] = /^(\d{1,7})([KMG]):(\d{1,7})$/i.exec(given) ?? [];
  const kb = Number(size) * (units[unit.toUpperCase()] ?? 0);
  return kb > 0 && Number(count) > 0
    ? { kb, count: Number(count) }
    : `Huge pages are SIZE:COUNT, such as 1G:4 or 2M:512, not "${given}".`;
}

/** `2M`, `1G`. */
export const sizeText = (kb: number): string => {
  const [unit, size] = Object.entries(units).findLast(([, one]) => kb % one === 0) ?? ['K', 1];
  return `${kb / size}${unit}`;
};

export const pagesText = (count: number, kb: number): string =>
  `${count} huge ${count === 1 ? 'page' : 'pages'} of ${sizeText(kb)}`;

export const nodeText = (node: number | null): string => (node === null ? '' : ` on NUMA node ${node}`);
