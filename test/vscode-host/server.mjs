import { execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { hostDir, hostPaths } from './location.mjs';
import { stopGroup } from './process-group.mjs';

/** @typedef {import('./run-folder.mjs').RunFolder} RunFolder */

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {string} authority the host and port, as VS Code names this server in `vscode-remote://` URIs
 * @property {Promise<string>} exited resolves with the exit code, or the signal's name
 * @property {() => Promise<void>} stop
 */

const paths = hostPaths(hostDir);

const START_LIMIT_MS = 60_000;

/** A parent VS Code's variables would make this one talk to the parent; the rest would change how node or code-server start. */
const NOT_INHERITED =
  /^(VSCODE_|CODE_SERVER_|ELECTRON_)|^(NODE_OPTIONS|PORT|PASSWORD|HASHED_PASSWORD|LOG_LEVEL)$/;

/**
 * Starts VS Code's server, which runs the extension host.
 *
 * @param {RunFolder} folder
 * @param {{ port?: number, env?: Record<string, string> }} [options] `port` 0: any free one
 * @returns {Promise<Server>}
 */
export async function startServer(folder, { port = 0, env = {} } = {}) {
  const child = spawn(
    paths.node,
    [
      ...commonArguments(folder),
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      '--ignore-last-opened',
    ],
    // A process group of its own, so that stopping it reaches everything it started.
    { env: { ...serverEnvironment(folder), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  if (child.pid) folder.guard(child.pid);
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(String(code ?? signal))),
  );
  const stop = () => stopGroup(child.pid);
  try {
    const url = await addressOf(child, exited);
    return { url, authority: new URL(url).host, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {RunFolder} folder
 * @param {string[]} vsixes files
 */
export async function installExtensions(folder, vsixes) {
  const install = vsixes.flatMap((vsix) => ['--install-extension', vsix]);
  await promisify(execFile)(paths.node, [...commonArguments(folder), ...install], {
    env: serverEnvironment(folder),
  });
}

/** @param {RunFolder} folder */
function commonArguments({ dir, userDataDir, extensionsDir }) {
  if (!existsSync(hostDir)) throw new Error('The VS Code test host is not installed: run `npm run setup`.');
  const config = join(dir, 'code-server.yaml');
  writeFileSync(config, 'auth: none\n');
  return [
    paths.server,
    '--config',
    config,
    '--user-data-dir',
    userDataDir,
    '--extensions-dir',
    extensionsDir,
  ];
}

/** @param {RunFolder} folder */
function serverEnvironment(folder) {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  return { ...Object.fromEntries(inherited), ...folder.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {Promise<string>} exited
 * @returns {Promise<string>}
 */
function addressOf(child, exited) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const said = [];
    /** @param {string} what */
    const giveUp = (what) => reject(new Error(`The VS Code server ${what}:\n${said.join('\n')}`));
    setTimeout(giveUp, START_LIMIT_MS, `gave no address in ${START_LIMIT_MS} ms`).unref();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        said.push(line);
        const address = /HTTP server listening on (http:\/\/[^\s/]+)/.exec(line)?.[1];
        if (address) resolve(address);
      });
    }
    child.once('error', reject);
    void exited.then((how) => giveUp(`ended (${how})`));
  });
}
