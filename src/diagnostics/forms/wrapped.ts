/** Columns at which mail programs and forums break lines. */
const narrowest = 66;
const widest = 84;
const quoting = /^(?:\s{0,2}>)+ ?/;
/** What begins a message of a log or a shell, which may have been broken. */
const begins =
  /^\s*(?:<\d+>)?\[\s*\d+\.\d+\]|^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d |^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^(?:-?\w*sh|RTNETLINK|EAL|error|Error|qemu\S*|dpdk\S*|virsh|modprobe|devlink|tee|echo)(?: answers)?: |^\S+ [0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]: /;
/** What stands for itself, whatever is in front of it: a prompt, a path, a field, a function. */
const itself =
  /^\s|^$|^[$#%>]|^\S+@\S+[:~ ]|^\/\S|^\d+: \S+: <|^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] |^[-*+] |^```|^[\w-]+=|^[A-Z]\w+: /;

/** A long line ends at a column, and its next word would have gone beyond. */
const brokenBefore = (line: string, next: string, width: number): boolean =>
  line.length <= width && line.length + 1 + (/^\S+/.exec(next)?.[0].length ?? 0) > width;

/** The column at which this text was broken: its longest line; `null` when it is longer than any mail's. */
function widthOf(lines: readonly string[]): number | null {
  const width = Math.max(0, ...lines.map((line) => (/\S\s+\S/.test(line.trim()) ? line.length : 0)));
  return width >= narrowest && width <= widest ? width : null;
}

/** Messages that were broken at 72 to 80 columns, in one line again. */
export function unwrapped(text: string): string {
  if (text.length > 200_000) return text;
  const lines = text.split(/\r?\n/);
  const plain = lines.map((line) => line.replace(quoting, '').trimEnd());
  const width = widthOf(plain);
  if (width === null) return text;
  const joined: string[] = [];
  /** A message is going on, and its last piece reached the column. */
  let open = false;
  plain.forEach((line, at) => {
    const before = plain[at - 1] ?? '';
    if (open && !begins.test(line) && !itself.test(line) && brokenBefore(before, line, width)) {
      joined.push(`${joined.pop()} ${line}`);
      return;
    }
    open = begins.test(line);
    joined.push(lines[at] ?? '');
  });
  return joined.join('\n');
}
