// Bundles a program of this folder, which shares its code with the product, and runs it: `run.mjs main [OPTIONS]`.
import { build } from 'esbuild';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [name] = process.argv.splice(2, 1);
const outfile = fileURLToPath(new URL(`../../out/faults-${name}.mjs`, import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
  ...{ outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' },
  loader: { '.sh': 'text' },
});
await import(pathToFileURL(outfile).href);
