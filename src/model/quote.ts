/** One word for a POSIX shell: whatever is in it, the shell receives exactly that. NUL can't be passed to a program. */
export function quote(word: string): string {
  if (word.includes('\0')) throw new Error('a NUL byte cannot be part of a command');
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export const quoteAll = (argv: readonly string[]): string => argv.map(quote).join(' ');
