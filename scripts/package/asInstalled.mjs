// What a package is worth where it is installed: nothing but its own files are there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * KiB that may be loaded before anybody has asked for anything. The aim at activation is 400; each of the parts that are loaded later
 * weighs more than what is left.
 */
const most = { activation: 400, help: 44 };

/** Evidence with a known cause, which only the rules can find. */
const evidence = join(root, 'test/fixtures/evidence/003-i350-h310-arch-assign-busses.json');

/**
 * Copies what is packaged to a folder of its own, and tries it there.
 *
 * @param {string[]} files the package's
 * @returns {{ complaints: string[], activation: string }}
 */
export function asInstalled(files) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sriov-package-')));
  try {
    for (const file of files) cpSync(join(root, file), join(folder, file));
    const parts = files.filter((file) => file.startsWith('dist/parts/'));
    const own = reached(folder, 'dist/cli.js');
    const { problems, said } = activating(folder);
    return {
      complaints: [
        ...missing(folder, files),
        ...parts.flatMap((part) => loading(folder, part, own.has(part))),
        ...judging(folder),
        ...problems,
        ...helping(folder),
      ],
      activation: said,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} folder */
function activating(folder) {
  const { stdout, stderr } = node(folder, [join(root, 'scripts/package/activation.mjs'), folder]);
  if (stdout === '') return { problems: [`The extension can't be activated: ${stderr}`], said: '' };
  /** @type {import('./activation.mjs').Activation} */
  const { loaded, loadMs, activateMs } = JSON.parse(stdout);
  const { size, problems } = weighed(loaded, 'activation');
  return { problems, said: `${size} KiB loaded and activated in ${Math.round(loadMs + activateMs)} ms` };
}

/** @param {string} folder */
function helping(folder) {
  const list = `process.on('exit', () => console.error(JSON.stringify(Object.keys(require.cache))));`;
  const cli = join(folder, 'dist/cli.js');
  const { stderr } = node(folder, ['-e', `${list} require(process.argv[1])`, cli, '--help']);
  /** @type {string[]} */
  const files = JSON.parse(stderr.startsWith('[') ? stderr : '[]');
  if (!files.includes(cli)) return [`dist/cli.js --help fails: ${stderr}`];
  return weighed(Object.fromEntries(files.map((file) => [file, statSync(file).size])), 'help').problems;
}

/**
 * @param {Record<string, number>} loaded files and their bytes
 * @param {keyof typeof most} when
 */
function weighed(loaded, when) {
  const size = Math.ceil(Object.values(loaded).reduce((sum, bytes) => sum + bytes, 0) / 1024);
  const files = Object.keys(loaded).join(', ');
  const problems =
    size > most[when] ? [`${size} KiB are loaded for ${when}; ${most[when]} is the most: ${files}`] : [];
  return { size, problems };
}

/**
 * What is loaded when it is needed, and would be missed then.
 *
 * @param {string} folder
 * @param {string[]} files
 */
function missing(folder, files) {
  const scripts = files.filter((file) => file.endsWith('.js'));
  return scripts.flatMap((file) =>
    loadedBy(folder, file)
      .filter((other) => !files.includes(other))
      .map((other) => `${file} loads ${other}, which is missing`),
  );
}

/**
 * The files that one loads, at once or when it needs them.
 *
 * @param {string} folder
 * @param {string} file
 */
function loadedBy(folder, file) {
  const names = readFileSync(join(folder, file), 'utf8').matchAll(/\brequire\("(\.[^"]+)"\)/g);
  return [...names].map(([, name = '']) => join(dirname(file), name));
}

/**
 * The same, and those that they load.
 *
 * @param {string} folder
 * @param {string} file
 */
function reached(folder, file) {
  const all = new Set([file]);
  // A set is walked to what was added meanwhile.
  for (const one of all)
    for (const other of loadedBy(folder, one)) if (existsSync(join(folder, other))) all.add(other);
  return all;
}

/**
 * @param {string} folder
 * @param {string} part
 * @param {boolean} ofSriov whether `sriov` loads it, for which there is no VS Code
 */
function loading(folder, part, ofSriov) {
  const standIn = ofSriov ? [] : ['--import', join(root, 'scripts/package/standIn.mjs')];
  const { status, stderr } = node(folder, [...standIn, '-e', 'require(process.argv[1])', join(folder, part)]);
  return status === 0 ? [] : [`${part} can't be loaded: ${stderr}`];
}

/** @param {string} folder */
function judging(folder) {
  /** @type {{ truth: { cause: string } }} */
  const { truth } = JSON.parse(readFileSync(evidence, 'utf8'));
  const { stdout, stderr } = node(folder, ['dist/cli.js', 'diagnose', '--evidence', evidence, '--json']);
  return stdout.includes(`"${truth.cause}"`)
    ? []
    : [`dist/cli.js diagnose does not find ${truth.cause}: ${stderr}`];
}

/**
 * @param {string} cwd
 * @param {string[]} argv
 */
function node(cwd, argv) {
  return spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });
}
