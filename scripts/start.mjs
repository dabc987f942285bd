// Shows the extension in use: VS Code with it, connected to the lab, until Ctrl-C.
//   --no-lab       without the lab
//   --replay HOST  connected to a recorded host instead (`npm run lab -- replay` lists them)
//   --port N       where VS Code listens, if it is used in a browser (default: any free port)
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRunFolder } from '../test/vscode-host/run-folder.mjs';
import { seedSettings } from '../test/vscode-host/settings.mjs';
import { prepare } from './setup/prepare.mjs';
import { timed } from './setup/progress.mjs';
import { serveBrowser } from './start/browser.mjs';
import { hasDesktop, openDesktop } from './start/desktop.mjs';
import { labUp, replayed } from './start/lab.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const extensions = [root, join(root, 'scripts/start/show-view')];

const interruption = new AbortController();
const interrupted = new Promise((resolve) => interruption.signal.addEventListener('abort', resolve));

try {
  await start(options());
} catch (error) {
  if (!interruption.signal.aborted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function options() {
  const { values } = parseArgs({
    options: { 'no-lab': { type: 'boolean' }, replay: { type: 'string' }, port: { type: 'string' } },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port)) throw new Error(`--port ${values.port}: not a number.`);
  return { withLab: !values['no-lab'] && values.replay === undefined, replay: values.replay, port };
}

/** @param {ReturnType<typeof options>} options */
async function start({ withLab, replay, port }) {
  const desktop = hasDesktop();
  await prepare({ vscodeHost: !desktop, lab: withLab });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

  const folder = createRunFolder();
  let lab, workbench;
  try {
    execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
    if (withLab) lab = await labUp(interruption.signal);
    if (replay !== undefined) lab = await replayed(replay);
    seedSettings(folder.userDataDir, lab?.settings);
    workbench = desktop
      ? openDesktop(folder, extensions)
      : await timed('VS Code: starting', () => serveBrowser(folder, extensions, port));
    console.log(workbench.hint);
    await Promise.race([workbench.ended, interrupted]);
  } finally {
    await workbench?.stop();
    folder.remove();
    await lab?.down();
  }
}
