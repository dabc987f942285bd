import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { hostDir, hostPaths, manifests, sourceDir } from '../../test/vscode-host/location.mjs';
import { timed } from './progress.mjs';
import { run } from './run.mjs';

/** The two of the server's native modules that come without a binary: log files, and ending with the parent process. */
const TO_COMPILE = ['@vscode/spdlog', '@vscode/native-watchdog'];

const QUIET = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/** Installs the VS Code that tests run in, into the user's cache: a folder appears there only when it is complete. */
export async function ensureVscodeHost() {
  if (existsSync(hostDir)) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The VS Code test host runs on Linux x64 only; elsewhere use a desktop VS Code.');
  }
  const partial = `${hostDir}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const name of manifests) await cp(join(sourceDir, name), join(partial, name));
  await timed('VS Code host: installing', () => install(partial));
  await rename(partial, hostDir);
}

/** @param {string} dir */
async function install(dir) {
  const paths = hostPaths(dir);
  const env = {
    ...process.env,
    PATH: [dirname(paths.node), process.env.PATH].join(delimiter),
    npm_config_nodedir: paths.nodeHeaders,
    NODE_DISABLE_COMPILE_CACHE: '1',
  };
  /** @param {string} cwd @param {string[]} args */
  const npm = (cwd, ...args) => run('npm', [...args, ...QUIET], { cwd, env });

  // code-server's own install script would compile every native module, some of which need further libraries.
  await npm(dir, 'ci', '--ignore-scripts');
  // `install`, not `ci`: the shrinkwrap that code-server ships is not in step with its manifest.
  const installServerPackages = ['install', '--omit=dev', '--ignore-scripts', '--no-save'];
  await npm(paths.vscode, ...installServerPackages);
  await npm(join(paths.vscode, 'extensions'), ...installServerPackages);
  await npm(paths.vscode, 'rebuild', ...TO_COMPILE);
  for (const module of TO_COMPILE)
    await run(paths.node, ['-e', `require('${module}')`], { cwd: paths.vscode });
}
