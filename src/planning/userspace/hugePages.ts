import type { VirtualFunction } from '../../model/functions';
import { refuse, type Plan, type Refusal, type Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { nodeText, pagesText, sizeText, type WantedPages } from '../../model/userspace/hugePages';
import { step } from '../steps';
import { pagesAre, pagesAt } from './pagesAre';

type Parts = Pick<Plan, 'steps' | 'notes' | 'losses' | 'preconditions' | 'promises'>;

/** At least so many huge pages on the nodes of these VFs. Their number is raised and never lowered; undoing gives back the former one. */
export function hugePages(
  snapshot: HostSnapshot,
  vfs: VirtualFunction[],
  wanted: WantedPages | undefined,
): Parts | Refusal {
  const parts: Parts = { steps: [], notes: [], losses: [], preconditions: [], promises: [] };
  if (!wanted) return parts;
  const { kb, count } = wanted;
  const all = snapshot.hugePages ?? [];
  for (const node of new Set(vfs.map(({ numaNode }) => nodeFor(snapshot, numaNode)))) {
    const now = all.find((one) => one.kb === kb && one.node === node);
    if (!now) return noSuchSize(snapshot, kb);
    const used = now.total - now.free;
    if (used > 0)
      parts.notes.push(
        `${used} of the ${pagesText(now.total, kb)}${nodeText(node)} are in use by other programs.`,
      );
    if (now.total >= count) {
      parts.notes.push(
        `There are ${pagesText(now.total, kb)}${nodeText(node)} already; none are taken away.`,
      );
      continue;
    }
    const at = pagesAt(now);
    parts.preconditions.push(pagesAre(now, now.total));
    parts.steps.push(
      step(
        `Raise the number of huge pages of ${sizeText(kb)}${nodeText(node)} from ${now.total} to ${count}`,
        ['raise_huge_pages', ...at, `${count}`],
        ['lower_huge_pages', ...at, `${now.total}`],
        60,
      ),
    );
    parts.promises.push({ kind: 'huge-pages', node, kb, count });
  }
  return parts;
}

/** The same for a program that runs after a boot, which finds as many as the kernel made itself; whoever is first raises them. */
export function hugePagesAtBoot(
  snapshot: HostSnapshot,
  vf: VirtualFunction,
  wanted: WantedPages | undefined,
): Step[] {
  if (!wanted) return [];
  const { kb, count } = wanted;
  const node = nodeFor(snapshot, vf.numaNode);
  const title = `Have at least ${pagesText(count, kb)}${nodeText(node)}`;
  return [step(title, ['raise_huge_pages', ...pagesAt({ node, kb }), `${count}`], ['true'], 60)];
}

/** Where nobody knows a VF's node, the kernel spreads pages over all of them; a host that has one node has them there. */
function nodeFor({ hugePages: all = [] }: HostSnapshot, numaNode: number | null): number | null {
  const nodes = new Set(all.flatMap(({ node }) => (node === null ? [] : [node])));
  if (numaNode !== null && nodes.has(numaNode)) return numaNode;
  const [only] = nodes;
  return nodes.size === 1 && only !== undefined ? only : null;
}

function noSuchSize({ host, hugePages: all = [] }: HostSnapshot, kb: number): Refusal {
  const sizes = [...new Set(all.map((one) => one.kb))].map(sizeText);
  return refuse(
    'limit',
    sizes.length === 0
      ? `${host.id} has no huge pages: its kernel was built without hugetlbfs.`
      : `${host.id} has no huge pages of ${sizeText(kb)}; its sizes are: ${sizes.join(', ')}.`,
  );
}
