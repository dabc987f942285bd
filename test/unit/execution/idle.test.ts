import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import settings from '../../../src/execution/program/settings.sh';

const folder = mkdtempSync(join(tmpdir(), 'idle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const group = '0000:3b:02.0';
const uio = '0000:3b:02.1';
const bare = '0000:3b:02.2';
const functions = join(folder, 'sys/bus/pci/devices');
for (const pci of [group, uio, bare]) mkdirSync(join(functions, pci), { recursive: true });
symlinkSync('../../../../kernel/iommu_groups/60', join(functions, group, 'iommu_group'));
mkdirSync(join(functions, uio, 'uio/uio7'), { recursive: true });
mkdirSync(join(folder, 'dev/vfio'), { recursive: true });
for (const node of ['vfio/60', 'uio7']) writeFileSync(join(folder, 'dev', node), '');

/** Whether the shell, which has `open` open, takes the function for idle. */
function isIdle(pci: string, open: string): boolean {
  const shell = settings
    .replaceAll('/sys/bus/pci/devices', functions)
    .replaceAll(' -> /dev/', ` -> ${folder}/dev/`);
  const check = `exec 5<'${folder}/dev/${open}'\nif vfio_idle ${pci}; then echo idle; else echo busy; fi`;
  return execFileSync('sh', ['-s'], { input: `${shell}\n${check}\n`, encoding: 'utf8' }) === 'idle\n';
}

test.skipIf(process.platform !== 'linux')(
  'a function is busy while a program has its VFIO group or UIO device open',
  () => {
    expect(isIdle(group, 'vfio/60')).toBe(false);
    expect(isIdle(group, 'uio7')).toBe(true);
    expect(isIdle(uio, 'uio7')).toBe(false);
    expect(isIdle(uio, 'vfio/60')).toBe(true);
    expect(isIdle(bare, 'uio7')).toBe(true);
  },
);
