/**
 * Which host to connect to when a view first opens: the one the settings name, else the one this workspace was on, else
 * this machine where it can have SR-IOV at all. Who disconnected stays disconnected.
 */
export function firstHost(known: {
  setting: string;
  /** The host this workspace was on last; `''` after a disconnect, undefined when it never was on any. */
  last: string | undefined;
  platform: NodeJS.Platform;
}): string | undefined {
  if (known.setting !== '') return known.setting;
  if (known.last !== undefined) return known.last === '' ? undefined : known.last;
  return known.platform === 'linux' ? 'local' : undefined;
}
