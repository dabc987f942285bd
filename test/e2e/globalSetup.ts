import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createRunFolder } from '../vscode-host/run-folder.mjs';
import { packVsix } from '../vscode-host/vsix.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The extension, as users install it. */
    vsix: string;
  }
}

/** Packages the extension once for all test files. */
export default async function setup({ config, provide }: TestProject): Promise<() => void> {
  const { dir, remove } = createRunFolder();
  const vsix = join(dir, 'sriov.vsix');
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: config.root, stdio: 'inherit' });
  await packVsix(config.root, vsix);
  provide('vsix', vsix);
  return remove;
}
