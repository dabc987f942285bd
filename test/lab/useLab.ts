import { execa } from 'execa';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { Lab } from './lab';

/** The connections of a run are its own: some tests end all that there are. */
process.env.XDG_RUNTIME_DIR = mkdtempSync(join(tmpdir(), 'sriov-lab-'));

/**
 * Boots a variant for the tests of a file, and takes it down afterwards unless the environment's LAB_KEEP is its name. A machine
 * that doesn't start fails them all.
 */
export function useLab(variant: string): Lab {
  const lab = new Lab(variant);
  let mine = false;
  beforeAll(async () => {
    const { stdout } = await execa('node', ['lab/lab.mjs', 'up', variant], { stderr: 'inherit' });
    mine = !/already/i.test(stdout);
    if (variant !== 'bare' && variant !== 'no-nic' && !mine) await lab.tidy();
  });
  afterAll(async () => {
    if (mine && process.env.LAB_KEEP !== variant) await execa('node', ['lab/lab.mjs', 'down', variant]);
  });
  return lab;
}
