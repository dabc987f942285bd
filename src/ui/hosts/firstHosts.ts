/**
 * Which hosts to connect to when a view first opens: the one the settings name, with those that were connected beside it, else those that
 * this workspace was on, else this machine where it can have SR-IOV at all. Who disconnected stays disconnected.
 */
export function firstHosts(known: {
  setting: string;
  /** The hosts this workspace was on, the current one last; none after a disconnect, undefined when it never was on any. */
  last: readonly string[] | undefined;
  /** Whether hosts stay connected beside the current one. */
  several: boolean;
  platform: NodeJS.Platform;
}): readonly string[] {
  const { setting, last = known.platform === 'linux' ? ['local'] : [], several } = known;
  if (setting !== '' && !(several && last.includes(setting))) return [setting];
  return several ? last : last.slice(-1);
}
