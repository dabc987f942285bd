import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { probe } from '../../../src/inventory/probe';
import { sections } from '../../../src/inventory/sections';

const folder = mkdtempSync(join(tmpdir(), 'adapters-'));
const asked = join(folder, 'asked');
const bin = join(folder, 'bin');
mkdirSync(bin);
beforeEach(() => writeFileSync(asked, ''));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const name of ['0000:01:00.0', '0000:01:00.1']) {
  mkdirSync(join(folder, 'sys', name, 'sriov', '0'), { recursive: true });
  for (const [file, text] of Object.entries({
    class: '0x020000',
    sriov_totalvfs: '4',
    'sriov/0/trunk': '7,9',
  }))
    writeFileSync(join(folder, 'sys', name, file), `${text}\n`);
}

/** What the look at the adapters prints, on a host where devlink says that mode of both. */
function look(mode: string): Map<string, string> {
  const devlink = [
    '#!/bin/sh',
    `printf '%s\\n' "$*" >>'${asked}'`,
    'case $* in',
    `dev) printf 'pci/0000:01:00.0\\npci/0000:01:00.1\\n' ;;`,
    `*eswitch*) printf '{"dev":{"%s":{"mode":"${mode}"}}}\\n' "$5" ;;`,
    `*port*) printf '{"port":{}}\\n' ;;`,
    'esac',
  ];
  writeFileSync(join(bin, 'devlink'), `${devlink.join('\n')}\n`);
  chmodSync(join(bin, 'devlink'), 0o755);
  const input = probe.replaceAll('__NONCE__', 'n').replace('__LOOK__', `sys='${folder}/sys'\nadapters`);
  const stdout = execFileSync('sh', ['-s'], {
    ...{ input, encoding: 'utf8' },
    env: { PATH: `${bin}:${process.env['PATH']}` },
  });
  return new Map(sections(stdout, 'n').map(({ name, body }) => [name, body]));
}

const portsAsked = () =>
  readFileSync(asked, 'utf8')
    .split('\n')
    .filter((line) => line === '-j port show').length;

test('devlink is asked for the ports once where a PF is in switchdev mode, and not at all elsewhere', () => {
  const printed = look('switchdev');
  expect(printed.get('eswitch')).toBe(
    '{"dev":{"pci/0000:01:00.0":{"mode":"switchdev"}}}\n{"dev":{"pci/0000:01:00.1":{"mode":"switchdev"}}}\n',
  );
  expect(printed.get('ports')).toBe('{"port":{}}\n');
  expect(portsAsked()).toBe(1);

  writeFileSync(asked, '');
  expect(look('legacy').has('ports')).toBe(false);
  expect(portsAsked()).toBe(0);
});

test('the VLAN trunks of VFs are read where a driver has them', () => {
  expect(look('legacy').get('sysfs')).toContain(`${folder}/sys/0000:01:00.1/sriov/0/trunk:7,9\n`);
});
