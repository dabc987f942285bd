/** The argument after an option in the argv of a process; empty if it isn't there. */
export const after = (argv: readonly string[], option: string): string =>
  argv.includes(option) ? (argv[argv.indexOf(option) + 1] ?? '') : '';
