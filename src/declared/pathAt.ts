import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml';
import type { Path } from '../model/declared/declared';
import { mostBytes } from './readDeclared';

/** Where in the file a place of its text is, even while somebody types there; `isKey`: in a key, not in a value. */
export interface At {
  path: Path;
  isKey: boolean;
  /** The value there: where it begins and ends. */
  from: number;
  to: number;
}

/** Never throws; undefined where nothing is. */
export function pathAt(text: string, offset: number): At | undefined {
  if (text.length > mostBytes) return undefined;
  try {
    const { contents } = parseDocument(text, { version: '1.2', prettyErrors: false, logLevel: 'silent' });
    return contents === null ? undefined : within(contents, offset, []);
  } catch {
    return undefined;
  }
}

function within(node: Node | null, offset: number, path: Path): At {
  const [from = offset, to = offset] = node?.range ?? [];
  const here: At = { path, isKey: false, from, to };
  if (isSeq(node)) {
    const index = lastBefore(node.items, (item) => item as Node | null, offset);
    return index < 0
      ? { ...here, path: [...path, 0] }
      : within(node.items[index] as Node | null, offset, [...path, index]);
  }
  if (!isMap(node)) return here;
  const pair = node.items[lastBefore(node.items, ({ key }: Pair) => key as Node | null, offset)];
  if (!pair || !isScalar(pair.key)) return here;
  const inner = [...path, String(pair.key.value)];
  const [keyFrom, keyTo] = pair.key.range ?? [0, 0];
  return offset <= keyTo
    ? { path: inner, isKey: true, from: keyFrom, to: keyTo }
    : within(pair.value as Node | null, offset, inner);
}

/** Which of them begins last, but not behind. */
const lastBefore = <T>(items: readonly T[], nodeOf: (item: T) => Node | null, offset: number): number =>
  items.findLastIndex((item) => (nodeOf(item)?.range?.[0] ?? Infinity) <= offset);
