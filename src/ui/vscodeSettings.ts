import { ConfigurationTarget, workspace } from 'vscode';
import { readSettings, type Settings } from './settings';

/** The settings as they are now. */
export const vscodeSettings = (): Settings =>
  readSettings((key) => workspace.getConfiguration('sriov').get(key));

export async function changeSetting(key: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('sriov').update(key, value, ConfigurationTarget.Global);
}

/** Calls back when one of our settings changed. */
export const onSettingsChanged = (listener: () => void) =>
  workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('sriov') && listener());
