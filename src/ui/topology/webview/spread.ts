/** Something that wants to begin at a place, and takes so much of the column. */
export interface Wish {
  at: number;
  size: number;
}

/** Where each may begin, in this order, so that none overlaps and all are as near as can be to where they want to be. */
export function spread(wishes: readonly Wish[], top: number): number[] {
  const blocks: { sum: number; count: number; size: number; sizes: number[] }[] = [];
  for (const { at, size } of wishes) {
    blocks.push({ sum: at, count: 1, size, sizes: [size] });
    for (let last = blocks.at(-1), before = blocks.at(-2); last && before;) {
      if (begin(before) + before.size <= begin(last)) break;
      before.sum += last.sum - last.count * before.size;
      before.count += last.count;
      before.size += last.size;
      before.sizes.push(...last.sizes);
      blocks.pop();
      [last, before] = [blocks.at(-1), blocks.at(-2)];
    }
  }
  let end = top;
  return blocks.flatMap((block) => {
    end = Math.max(begin(block), end);
    return block.sizes.map((size) => (end += size) - size);
  });
}

/** Each of a block wants another beginning of it; the mean serves all. */
const begin = ({ sum, count }: { sum: number; count: number }): number => sum / count;
