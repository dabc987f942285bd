import { l10n } from 'vscode';
import { quoteAll } from '../../../model/quote';
import type { Handler } from '../command';
import { choosePlace, noWayIn, notAsked } from './choosePlace';
import type { Place } from './place';

/** Copies a command for a terminal of the host. */
const copying =
  (title: string, barred: Parameters<typeof choosePlace>[3], line: (place: Place) => string[]): Handler =>
  async (workbench, item) => {
    const place = await choosePlace(workbench, item, title, barred);
    if (!place) return;
    const text = quoteAll(line(place));
    await workbench.copy(text);
    workbench.dialogs.say(l10n.t('Copied: {0}', text));
  };

/** It stops working when the container restarts, and never enters another one. */
export const copyEnterCommand = copying(
  l10n.t('Copy Command to Enter Network Namespace'),
  noWayIn,
  ({ name, way, container }) =>
    container?.engine === 'netns'
      ? ['sudo', 'ip', 'netns', 'exec', name, 'sh']
      : ['sudo', 'nsenter', `--net=${way?.path ?? ''}`],
);

export const copyInspectCommand = copying(l10n.t('Copy Inspect Command'), notAsked, ({ container }) => [
  container?.engine ?? '',
  ...['inspect', container?.id ?? ''],
]);
