import { execa } from 'execa';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../../src/host/host';
import dhcp from '../../../src/execution/program/dhcp.sh';
import { dropStaleRecords } from '../../../src/execution/hostJournal';

/** The shell that renews a lease, with a client that gets one at once and an `ip` that does nothing. */
describe('what renews a lease', { timeout: 30_000 }, () => {
  const key = '0000:01:10.0';
  let folder: string;
  const sh = (program: string) =>
    execa('sh', [], {
      input: program.replaceAll('/var/lib/sriov-workbench', `${folder}/state`),
      env: { PATH: `${folder}/bin:${process.env.PATH}` },
    });
  const start = async (): Promise<number> => {
    await sh(`base=${folder}/state
      in_ns() { "$@"; }
      ${dhcp}
      start_dhcp ${key} eth1 /proc/self/ns/net 1 udhcpc`);
    return Number(await readFile(join(folder, 'state/dhcp', `${key}.pid`), 'utf8'));
  };
  /** A process that ended and that nobody has asked about yet has no argv. */
  const argvOf = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const host = { run: (program: string) => sh(program) } as unknown as Host;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sriov-renewal-'));
    await sh(`mkdir -m 700 ${folder}/bin ${folder}/state`);
    const client =
      '#!/bin/sh\nfor script; do :; done\nip=10.0.0.9 mask=24 router= lease=7200 interface=eth1 "$script" bound\n';
    for (const [name, text] of Object.entries({ udhcpc: client, ip: '#!/bin/sh\n' })) {
      await writeFile(join(folder, 'bin', name), text);
      await chmod(join(folder, 'bin', name), 0o755);
    }
  });
  afterEach(async () => {
    await dropStaleRecords(host, [key]);
    await rm(folder, { recursive: true });
  });

  test('ends before another begins for the same VF, whose files it would take along', async () => {
    const first = await start();
    expect(await argvOf(first)).toContain('keep');
    const second = await start();
    expect(second).not.toBe(first);
    await vi.waitFor(async () => expect(await argvOf(first)).toBe(''), 10_000);
    expect(await argvOf(second)).toContain('keep');
  });

  test('ends with the record of a VF that is gone, and leaves nothing', async () => {
    const pid = await start();
    await dropStaleRecords(host, [key]);
    await vi.waitFor(async () => expect(await argvOf(pid)).toBe(''), 10_000);
    expect(await readdir(join(folder, 'state/dhcp'))).toEqual([]);
  });
});
