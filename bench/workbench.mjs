import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startBrowser } from '../test/vscode-host/browser.mjs';
import { createRunFolder } from '../test/vscode-host/run-folder.mjs';
import { installExtensions, startServer } from '../test/vscode-host/server.mjs';
import { seedSettings } from '../test/vscode-host/settings.mjs';
import { packVsix } from '../test/vscode-host/vsix.mjs';
import { workbenchUrl } from '../test/vscode-host/workbench-page.mjs';
import { root } from './lab.mjs';

/**
 * A VS Code with this checkout's extension, in a browser that shows nothing yet.
 *
 * @param {Record<string, unknown>} settings
 */
export async function startWorkbench(settings) {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  const folder = createRunFolder();
  seedSettings(folder.userDataDir, settings);
  const vsix = join(folder.dir, 'sriov.vsix');
  await packVsix(root, vsix);
  await installExtensions(folder, [vsix]);
  const server = await startServer(folder);
  const { page, close } = await startBrowser(folder);
  return {
    page,
    async open() {
      await page.goto(workbenchUrl(server));
      await page.waitForFunction(() => performance.getEntriesByName('code/didLoadExtensions').length > 0);
    },
    /** @param {RegExp} name the view's, as its icon says it */
    show: (name) => page.locator('.activitybar').getByRole('tab', { name }).click(),
    async stop() {
      await close();
      await server.stop();
      folder.remove();
    },
  };
}
