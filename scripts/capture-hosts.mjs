/**
 * Captures what the machines of the lab say of themselves, for the table of test/unit/diagnostics/capturedHosts.test.ts:
 * `node scripts/capture-hosts.mjs [VARIANT…]`. Boots each variant, looks as root, as a user without sudo and from inside a
 * container, and writes test/fixtures/hosts/VARIANT-WHO.json, masked as `sriov diagnose --collect` does it.
 */
import { build } from 'esbuild';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const folder = join(root, 'test/fixtures/hosts');
const variants = ['default', 'no-flag', 'iommu-off', 'no-iommu', 'amd', 'no-vf-driver', 'no-nic', 'bare'];

/** Who looks, and the command that gets a shell as them. Without an engine there is no container to look from. */
/** @type {Record<string, [alias: string, shell: string]>} */
const looks = {
  root: ['sriov-lab', 'sh -s'],
  user: ['sriov-lab-plain', 'sh -s'],
  container: ['sriov-lab', 'docker exec -i fw sh -s'],
};

const { createHostControl } = await load();
await mkdir(folder, { recursive: true });
for (const variant of process.argv.length > 2 ? process.argv.slice(2) : variants) {
  await lab('up', variant);
  try {
    for (const [who, [alias, shell]] of Object.entries(looks)) {
      if (variant === 'bare' && who === 'container') continue;
      const control = createHostControl(hostOf(variant, alias, shell));
      const { text } = await control.collect();
      await writeFile(join(folder, `${variant}-${who}.json`), text);
      console.log(`${variant}-${who}.json`);
    }
  } finally {
    await lab('down', variant);
  }
}

/**
 * @param {'up' | 'down'} act
 * @param {string} variant
 */
async function lab(act, variant) {
  await promisify(execFile)(process.execPath, [join(root, 'lab/lab.mjs'), act, variant], {
    timeout: 600_000,
  });
}

/**
 * @param {string} variant
 * @param {string} alias
 * @param {string} shell
 */
function hostOf(variant, alias, shell) {
  const config = join(root, 'lab/.state', variant, 'ssh_config');
  /**
   * @param {string} program
   * @returns {Promise<import('../src/host/host.ts').RunResult>}
   */
  const run = (program) =>
    new Promise((resolve, reject) => {
      const child = spawn('ssh', ['-F', config, alias, shell], { timeout: 120_000 });
      const said = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ data) => (said.stdout += data));
      child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ data) => (said.stderr += data));
      child.on('error', reject);
      child.on('close', (code) => resolve({ exitCode: code ?? -1, ...said }));
      child.stdin.end(program);
    });
  return { id: 'sriov-lab', run, dispose: () => Promise.resolve() };
}

/** @returns {Promise<typeof import('../src/control/createHostControl.ts')>} */
async function load() {
  const out = await mkdtemp(join(tmpdir(), 'sriov-capture-'));
  try {
    const outfile = join(out, 'control.mjs');
    await build({
      ...{
        entryPoints: [join(root, 'src/control/createHostControl.ts')],
        outfile,
        bundle: true,
        format: 'esm',
      },
      ...{ platform: 'node', loader: { '.sh': 'text' }, logLevel: 'error' },
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      },
    });
    return /** @type {Awaited<ReturnType<typeof load>>} */ (await import(pathToFileURL(outfile).href));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
