import { ProgressLocation, window, type CancellationToken } from 'vscode';
import type { Dialogs } from './dialogs';
import { ask } from './inputBox';
import { pickMany } from './pickMany';
import { pick } from './quickPick';

/** The dialogs as the workbench draws them. */
export const vscodeDialogs: Dialogs = {
  pick,
  pickMany,
  ask,
  warn: async ({ message, detail, buttons }) =>
    window.showWarningMessage(message, { modal: true, detail }, ...buttons),
  tell: async (severity, message, buttons = []) => {
    const show = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    }[severity];
    return show(message, ...buttons);
  },
  say: (message) => void window.setStatusBarMessage(message, 5000),
  progress: async (title, work) =>
    window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => work((step) => progress.report(step), signalOf(token)),
    ),
  reading: async (viewId, work) => window.withProgress({ location: { viewId } }, work),
};

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
