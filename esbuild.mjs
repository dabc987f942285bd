// Builds dist/. With names of bundles as arguments, only those; --watch builds again at every change.
import { context, build } from 'esbuild';

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** @satisfies {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  loader: { '.sh': 'text' },
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: watch ? 'info' : 'warning',
};

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  extension: {
    ...shared,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    target: 'node22',
  },
  cli: {
    ...shared,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
    target: 'node20',
  },
};

for (const name of names.length > 0 ? names : Object.keys(bundles)) {
  const options = bundles[name];
  if (!options) throw new Error(`There is no bundle "${name}", only ${Object.keys(bundles).join(', ')}.`);
  if (watch) await (await context(options)).watch();
  else await build(options);
}
