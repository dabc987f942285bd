// Activates the extension in a folder, in plain Node where nothing of VS Code does anything, and prints as JSON how long that
// takes and which of its files it loads.
//   node scripts/package/activation.mjs [FOLDER]    (default: this project, as it is built)
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { anything } from './standIn.mjs';

/** @typedef {{ loadMs: number, activateMs: number, loaded: Record<string, number> }} Activation files and their bytes */

const folder = resolve(process.argv[2] ?? '.');
const require = createRequire(join(folder, 'package.json'));

const start = performance.now();
/** @type {{ activate: (context: object) => void }} */
const { activate } = require(folder);
const loadedAt = performance.now();
activate({ subscriptions: [], globalState: anything, workspaceState: anything, extension: anything });
const activatedAt = performance.now();

const files = Object.keys(require.cache).filter((file) => file.startsWith(folder));
/** @type {Activation} */
const activation = {
  loadMs: loadedAt - start,
  activateMs: activatedAt - loadedAt,
  loaded: Object.fromEntries(files.map((file) => [relative(folder, file), statSync(file).size])),
};
console.log(JSON.stringify(activation));
// An active extension goes on until it is told to stop.
process.exit();
