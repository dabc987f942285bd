/** The arguments of a process, from a section with one a line; `after` is what follows an option, empty where there is none. */
export function argvOf(body: string): { argv: string[]; after: (option: string) => string } {
  const argv = body.split('\n');
  return { argv, after: (option) => (argv.includes(option) ? (argv[argv.indexOf(option) + 1] ?? '') : '') };
}
