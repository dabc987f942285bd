import type { Precondition } from '../../model/plan';
import { nodeText, type HugePages } from '../../model/userspace/hugePages';

/** What userspaceVerbs.sh takes for huge pages of one size: their node, `-` for the whole host, and the size in KiB. */
export const pagesAt = ({ node, kb }: Pick<HugePages, 'node' | 'kb'>): [at: string, size: string] => [
  node === null ? '-' : `${node}`,
  `${kb}`,
];

/** So many huge pages of that size are there. */
export const pagesAre = (which: Pick<HugePages, 'node' | 'kb'>, count: number): Precondition => ({
  otherwise: `The number of huge pages${nodeText(which.node)} has changed.`,
  check: ['huge_pages_are', ...pagesAt(which), `${count}`],
});
