import { pciIn } from './line';
import type { View } from './view';

/** What is said of a function's group, and where. */
export interface Grouped {
  pci: string;
  group: number;
  line: string;
}

const listed = /\/sys\/kernel\/iommu_groups\/(\d+)\/devices\/(\S+)/;
const assigned = /\b(?:Adding|Added|Removing)\b.*\b(?:to|from) (?:iommu )?group (\d+)/i;

/** The functions and their groups: as sysfs lists them, or else as the kernel says when it makes them. */
export function iommuGroups(view: View): Grouped[] {
  const fromList = [
    ...view.said.map(({ raw, text }) => ({ line: raw, found: listed.exec(text) })),
    ...view.facts.map(({ key, value, line }) => ({ line, found: listed.exec(key) ?? listed.exec(value) })),
  ].flatMap(({ line, found }) => grouped(line, found?.[1], pciIn(found?.[2] ?? '')));
  if (fromList.length > 0) return fromList;
  return view.said.flatMap(({ raw, text, pci }) =>
    text.startsWith('Removing') ? [] : grouped(raw, assigned.exec(text)?.[1], pci),
  );
}

const grouped = (line: string, group: string | undefined, pci: string | null): Grouped[] =>
  group === undefined || pci === null ? [] : [{ pci, group: Number(group), line: line.trim() }];

/**
 * `find /sys/kernel/iommu_groups` shows all groups there are: what isn't in it has none. So does a log in which only
 * devices that aren't on PCI are added to one.
 */
export const notInListing = (view: View, pci: string): boolean => {
  const groups = iommuGroups(view);
  const complete = view.said.some(
    ({ text }) => listed.test(text) || (groups.length === 0 && assigned.test(text)),
  );
  return complete && groups.every((one) => one.pci !== pci);
};
