import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Loads `.sh` files as text, as esbuild does for the product. */
export const shellText = (): Plugin => ({
  name: 'shell-text',
  enforce: 'pre',
  load: (id) => (id.endsWith('.sh') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : null),
});
