import { foreignErrno } from './foreignErrors';

/** The errors that the calls of this field return, with the number and the message people see. */
const errors = [
  ['EPERM', 1, 'operation not permitted'],
  ['ENOENT', 2, 'no such file or directory'],
  ['ESRCH', 3, 'no such process'],
  ['EIO', 5, 'input/output error'],
  ['ENXIO', 6, 'no such device or address'],
  ['EAGAIN', 11, 'resource temporarily unavailable'],
  ['ENOMEM', 12, 'cannot allocate memory'],
  ['EACCES', 13, 'permission denied'],
  ['EBUSY', 16, 'device or resource busy'],
  ['EEXIST', 17, 'file exists'],
  ['ENODEV', 19, 'no such device'],
  ['EINVAL', 22, 'invalid argument'],
  ['ENOSPC', 28, 'no space left on device'],
  ['EROFS', 30, 'read-only file system'],
  ['ERANGE', 34, 'numerical result out of range'],
  ['ENOSYS', 38, 'function not implemented'],
  ['EOPNOTSUPP', 95, 'operation not supported'],
  ['ENETDOWN', 100, 'network is down'],
  ['ETIMEDOUT', 110, 'connection timed out'],
] as const;

export type Errno = (typeof errors)[number][0];

/** Other spellings: Go's, musl's, older glibc's. */
const alsoSaid: [string, Errno][] = [
  ['i/o error', 'EIO'],
  ['out of memory', 'ENOMEM'],
  ['resource busy', 'EBUSY'],
  ['not supported', 'EOPNOTSUPP'],
  ['directory nonexistent', 'ENOENT'],
  ['result not representable', 'ERANGE'],
  ['math result not representable', 'ERANGE'],
];
/** ENOTSUPP, which the kernel isn't supposed to let out but drivers do. */
const numbers = new Map<number, Errno>([
  ...errors.map(([name, n]) => [n, name] as const),
  [524, 'EOPNOTSUPP'],
]);
const names = new RegExp(`\\b(?:${errors.map(([name]) => name).join('|')}|ENOTSUP)\\b`);
const numbered = /(?:\berrno[ :=]{0,2}-?|\berr(?:or)?(?: code)?[ :=(]{0,3}-?|[ (:=]-)(\d{1,3})\b/i;
/** In order of length, so that "no such device or address" isn't read as "no such device". */
const messages = [...errors.map(([name, , text]) => [text, name] as [string, Errno]), ...alsoSaid].sort(
  (a, b) => b[0].length - a[0].length,
);
const shortestCut = 9;

/** What error a text speaks of: by its message, its name or its number, also when the message was cut off at the end. */
export function errnoIn(text: string): Errno | null {
  const lower = text.toLowerCase();
  const name = names.exec(text)?.[0];
  if (name) return name === 'ENOTSUP' ? 'EOPNOTSUPP' : (name as Errno);
  const said = messages.find(([phrase]) => lower.includes(phrase));
  if (said) return said[1];
  const foreign = foreignErrno(text);
  if (foreign) return foreign;
  const number = numbered.exec(text)?.[1];
  const byNumber = number === undefined ? undefined : numbers.get(Number(number));
  return byNumber ?? cutOff(lower.trimEnd());
}

function cutOff(lower: string): Errno | null {
  const fitting = errors.filter(([, , phrase]) => {
    for (let length = phrase.length - 1; length >= shortestCut; length--)
      if (lower.endsWith(phrase.slice(0, length))) return true;
    return false;
  });
  return fitting.length === 1 ? (fitting[0]?.[0] ?? null) : null;
}
