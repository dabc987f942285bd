// Builds dist/: extension.js and cli.js, and in parts/ what they share and what is loaded when it is needed, each of it once; and
// page.js, counters.js and topology.js, which run in the pages that the extension shows.
// --watch builds again at every change.
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { build, context, transform } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** @satisfies {import('esbuild').BuildOptions} */
const both = {
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'inline',
  logLevel: watch ? 'info' : 'warning',
};

/** @satisfies {import('esbuild').BuildOptions} */
const options = {
  ...both,
  entryPoints: ['src/extension.ts', 'src/cli.ts'],
  outdir: 'dist',
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  loader: { '.sh': 'text' },
  external: ['vscode'],
  write: false,
  plugins: [{ name: 'CommonJS', setup: ({ onEnd }) => onEnd(({ outputFiles }) => write(outputFiles ?? [])) }],
};

/** @satisfies {import('esbuild').BuildOptions} */
const page = {
  ...both,
  platform: 'browser',
  target: 'es2023',
  entryPoints: {
    page: 'src/ui/pages/webview/page.ts',
    counters: 'src/ui/counters/webview/counters.ts',
    topology: 'src/ui/topology/webview/topology.ts',
  },
  outdir: 'dist',
  bundle: true,
  loader: { '.css': 'text' },
  format: 'iife',
};

for (const one of [options, page])
  if (watch) await (await context(one)).watch();
  else await build(one);

/**
 * esbuild splits only ES modules; the extension host and `require` take CommonJS, so each file is translated on its own.
 *
 * @param {import('esbuild').OutputFile[]} files
 */
async function write(files) {
  for (const { path, text } of files) {
    const { code } = await transform(text, {
      ...both,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      sourcefile: relative(dirname(path), path),
    });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
    if (code.startsWith('#!')) await chmod(path, 0o755);
  }
  if (files.length > 0) await removeOthers(files.map(({ path }) => basename(path)));
}

/** @param {string[]} names of what was built just now */
async function removeOthers(names) {
  for (const name of await readdir('dist/parts')) if (!names.includes(name)) await rm(`dist/parts/${name}`);
}
