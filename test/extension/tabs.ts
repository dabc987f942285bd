import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The pages that are open: their titles, and the type of each, as VS Code writes it. */
export const tabs = (): { label: string; view: string }[] =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ label, input }) =>
      input instanceof vscode.TabInputWebview ? [{ label, view: input.viewType }] : [],
    );

/** VS Code tells of its tabs, and of what is in them, after a while. */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 150; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`not in 15 s: ${what}`);
};
