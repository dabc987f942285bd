/** What follows an option among the arguments of a process; empty where it isn't there. */
export const after = (argv: readonly string[], option: string): string =>
  argv.includes(option) ? (argv[argv.indexOf(option) + 1] ?? '') : '';
