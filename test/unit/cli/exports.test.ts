import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuse } from '../../../src/model/plan';
import type { FakeControl } from '../ui/fakeControl';
import { declares, fileOf, folder, run, two } from './declaredRuns';

describe('sriov export', () => {
  const file = () => declares('    numVfs: 2\n    vfGroups: [{vfRange: "0", trust: "on"}]\n');

  test('of the host as it is', async () => {
    const { code, said, document } = await run('export', two, ['netplan', '--json']);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      format: 'netplan',
      files: [{ name: '60-sriov.yaml', text: expect.stringContaining('enp1s0:') as string }],
    });
    expect((document as { unsaid: unknown[] }).unsaid).toContainEqual({
      path: 'adapters[0].vfGroups[0].trust',
      what: 'VFs 0-1 of enp1s0, trust',
      value: false,
      why: 'netplan has no key for it.',
    });
    expect(said).not.toContain('left out');
  });

  test('of a file: without the host, unless that is named', async () => {
    const alone = await run('export', two, ['netplan', file()], (control) => {
      control.snapshot = undefined;
      control.refresh = () => Promise.reject(new Error('asked'));
    });
    expect(alone).toMatchObject({ code: 0 });
    expect(alone.said).toContain('#   0000:01:00.0: netplan knows adapters by name;');
    const { said } = await run('export', two, ['netplan', file(), '--host', 'lab']);
    expect(said).toContain('    enp1s0:\n      virtual-function-count: 2');
    expect(said).toContain('2 things are left out; see the top.');
  });

  test('as files, as private as their reader demands', async () => {
    const out = join(folder, 'out');
    const { code, said } = await run('export', two, ['networkmanager', file(), '--out', out]);
    const path = join(out, 'sriov-0000-01-00-0.nmconnection');
    expect({ code, said }).toEqual({ code: 0, said: `Wrote ${path}.` });
    expect(readFileSync(path, 'utf8')).toMatch(
      /^# Profiles for NetworkManager\.\n[^]*vf\.0=trust=true\n[^]*\n$/,
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await run('export', two, ['link', file(), '--out', fileOf('')])).toMatchObject({ code: 1 });
  });

  test('1: a bad file; 2: no such format; 7: not root', async () => {
    expect(await run('export', two, ['link', declares('    numVfs: x\n')])).toMatchObject({ code: 1 });
    await expect(run('export', two, ['ifupdown'])).rejects.toThrow('not "ifupdown"');
    const barred = (control: FakeControl) => void (control.obstacle = refuse('not-permitted', 'no sudo'));
    expect(await run('export', two, ['link'], barred)).toMatchObject({ code: 7 });
  });
});
