import { StatusBarAlignment, ThemeColor, window, type StatusBarItem } from 'vscode';
import type { CurrentHost } from '../hosts/currentHost';
import { tooltipOf } from '../tree/treeItem';
import { statusText } from './statusText';

/** Keeps the status bar's item as the host is. */
export function statusBar(host: CurrentHost): { dispose(): void } {
  const item = window.createStatusBarItem('sriov.host', StatusBarAlignment.Left);
  item.name = 'SR-IOV';
  item.command = 'sriov.host.showActions';
  const stop = host.changed.on(() => draw(item, host));
  draw(item, host);
  return {
    dispose: () => {
      stop();
      item.dispose();
    },
  };
}

function draw(item: StatusBarItem, host: CurrentHost): void {
  const status = statusText(host);
  if (!status) return item.hide();
  item.text = status.text;
  item.tooltip = tooltipOf(status.tooltip);
  item.accessibilityInformation = { label: status.spoken, role: 'button' };
  item.backgroundColor = status.isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}
