import { join } from 'node:path';
import { installExtensions, startServer } from '../../test/vscode-host/server.mjs';
import { packVsix } from '../../test/vscode-host/vsix.mjs';

/**
 * Starts a VS Code that is used in a browser.
 *
 * @param {import('../../test/vscode-host/run-folder.mjs').RunFolder} folder
 * @param {string[]} extensions folders
 * @param {number} port 0: any free one
 */
export async function serveBrowser(folder, extensions, port) {
  const vsixes = await Promise.all(
    extensions.map(async (extension, index) => {
      const vsix = join(folder.dir, `${index}.vsix`);
      await packVsix(extension, vsix);
      return vsix;
    }),
  );
  await installExtensions(folder, vsixes);
  const server = await startServer(folder, { port });
  return {
    ended: server.exited.then((how) => Promise.reject(new Error(`The VS Code server ended (${how}).`))),
    stop: server.stop,
    hint: `It has no password: keep to a machine that is yours alone. Ctrl-C ends everything.\nOpen ${server.url}/`,
  };
}
