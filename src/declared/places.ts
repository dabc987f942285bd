import { isAlias, isMap, isScalar, isSeq, visit, type Document, type Node } from 'yaml';
import type { Path } from '../model/declared/declared';

/** The position of a value in the text, or of its key; of what encloses it if there is none. */
export function placeOf(document: Document, path: Path, key: boolean): number {
  let place = startOf(document.contents) ?? 0;
  let node: unknown = document.contents;
  for (const [depth, word] of path.entries()) {
    const here: unknown = isAlias(node) ? node.resolve(document) : node;
    const isLast = depth === path.length - 1;
    if (isSeq(here)) node = here.items[Number(word)];
    else if (isMap(here)) {
      const pair = here.items.find(
        (one) => (isScalar(one.key) ? String(one.key.value) : '') === String(word),
      );
      node = isLast && key ? pair?.key : (pair?.value ?? pair?.key);
    } else return place;
    place = startOf(node) ?? place;
  }
  return place;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

/** Where the first `*alias` is. */
export function firstAlias(document: Document): number {
  let place = 0;
  visit(document, {
    Alias: (_, node) => {
      place = startOf(node) ?? 0;
      return visit.BREAK;
    },
  });
  return place;
}
