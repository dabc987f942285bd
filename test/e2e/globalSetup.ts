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

/** Packages the extension once for all test files. The machine that the first of them starts stays until the last is done. */
export default async function setup({ config, provide }: TestProject): Promise<() => void> {
  const { dir, remove } = createRunFolder();
  const vsix = join(dir, 'sriov.vsix');
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: config.root, encoding: 'utf8' });
  node('esbuild.mjs');
  await packVsix(config.root, vsix);
  provide('vsix', vsix);
  const keeps = process.env.LAB_KEEP === 'default' || /^default +up/m.test(node('lab/lab.mjs', 'status'));
  process.env.LAB_KEEP = 'default';
  return () => {
    remove();
    if (!keeps) node('lab/lab.mjs', 'down');
  };
}
