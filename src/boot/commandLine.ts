/** Whether a command line has an argument, by itself or as one value of a list. */
export function hasArgument(cmdline: string, argument: string): boolean {
  const [name, value] = nameAndValue(argument);
  return kernelTokens(cmdline).some((token) => {
    const [ownName, ownValue] = nameAndValue(token);
    return ownName === name && (value === undefined ? true : (ownValue?.split(',').includes(value) ?? false));
  });
}

/** The arguments of a command line; white space inside double quotes belongs to one (`next_arg` of lib/cmdline.c). */
export const kernelTokens = (cmdline: string): string[] => cmdline.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];

/** The kernel treats `-` and `_` in names as the same (`parameq`). */
export function nameAndValue(token: string): [name: string, value: string | undefined] {
  const at = token.indexOf('=');
  const name = (at < 0 ? token : token.slice(0, at)).replaceAll('-', '_');
  return [name, at < 0 ? undefined : token.slice(at + 1)];
}
