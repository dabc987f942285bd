import { StatusBarAlignment, ThemeColor, window, type StatusBarItem } from 'vscode';
import type { CurrentHost } from '../hosts/currentHost';
import type { Reconnecting } from '../hosts/reconnecting';
import type { WatchingShown } from '../hosts/watchingShown';
import { linkedTooltip } from '../tree/treeItem';
import { statusText, type StatusText } from './statusText';

/** Keeps the status bar's item as the host is. */
export function statusBar(
  host: CurrentHost,
  reconnecting: Reconnecting,
  watching: Pick<WatchingShown, 'changed' | 'updates'>,
): { dispose(): void } {
  const item = window.createStatusBarItem('sriov.host', StatusBarAlignment.Left);
  item.name = 'SR-IOV';
  item.command = 'sriov.host.showActions';
  const update = () => draw(item, statusText(host, reconnecting.tries, watching.updates));
  const stops = [host, reconnecting, watching].map(({ changed }) => changed.on(update));
  update();
  return {
    dispose: () => {
      for (const stop of stops) stop();
      item.dispose();
    },
  };
}

function draw(item: StatusBarItem, status: StatusText | undefined): void {
  if (!status) return item.hide();
  item.text = status.text;
  item.tooltip = linkedTooltip(status.tooltip, status.links);
  item.accessibilityInformation = { label: status.spoken, role: 'button' };
  item.backgroundColor = status.isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}
