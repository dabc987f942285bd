import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The product's own functions, built as they are shipped, for timing one by one.
 *
 * @returns {Promise<
 *   typeof import('../src/inventory/readSnapshot.ts') & typeof import('../src/inventory/sections.ts') &
 *     typeof import('../src/inventory/assemble.ts') & typeof import('../src/host/ssh.ts') &
 *     typeof import('../src/ui/tree/adapters.ts') & typeof import('../src/ui/tree/containers.ts') &
 *     typeof import('../src/ui/tree/diff.ts') & typeof import('../src/planning/plan.ts') &
 *     typeof import('../src/ui/tree/rowTree.ts') & typeof import('../src/control/createHostControl.ts') &
 *     typeof import('../src/ui/hosts/currentHost.ts') & typeof import('../src/ui/arranging/filterState.ts') &
 *     typeof import('../src/ui/arranging/arrangement.ts') & typeof import('../src/declared/readDeclared.ts') &
 *     typeof import('../src/declared/writeDeclared.ts') & typeof import('../src/planning/declared/adopted.ts') &
 *     typeof import('../src/planning/declared/planDeclared.ts')
 * >}
 */
export async function loadProduct() {
  const parts = ['inventory/readSnapshot', 'inventory/sections', 'inventory/assemble', 'host/ssh'];
  const rows = ['ui/tree/adapters', 'ui/tree/containers', 'ui/tree/diff', 'ui/tree/rowTree'];
  const arranging = ['ui/arranging/filterState', 'ui/arranging/arrangement'];
  const changes = ['planning/plan', 'control/createHostControl', 'ui/hosts/currentHost'];
  const declared = ['declared/readDeclared', 'declared/writeDeclared'];
  const ofFiles = ['planning/declared/adopted', 'planning/declared/planDeclared'];
  const folder = await mkdtemp(join(tmpdir(), 'sriov-product-'));
  const outfile = join(folder, 'product.mjs');
  try {
    await build({
      stdin: {
        contents: [...parts, ...rows, ...arranging, ...changes, ...declared, ...ofFiles]
          .map((part) => `export * from './src/${part}';`)
          .join('\n'),
        resolveDir: root,
        loader: 'ts',
      },
      ...{ outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' },
      loader: { '.sh': 'text' },
      // Rows take their texts from it, and trees what draws them.
      alias: { vscode: join(root, 'bench/vscode.mjs') },
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      },
    });
    return /** @type {Awaited<ReturnType<typeof loadProduct>>} */ (await import(pathToFileURL(outfile).href));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
