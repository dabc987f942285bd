import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import keptVerbs from '../../../src/execution/program/keptVerbs.sh';
import { keptFunctions } from '../../../src/execution/renderKept';
import ownFolder from '../../../src/host/ownFolder.sh';
import { host } from '../hosts/host';
import { planned } from '../planning/planning';
import { folder } from './executing';

const at = (...path: string[]) => join(folder, ...path);
const { keeps } = planned(host(), { kind: 'keep', vf: 'enp1s0:0', container: 'fw', name: 'eth7' });

/** `systemctl` enables by a link, as systemd does, and takes away what is empty then. */
const systemctl = () => `#!/bin/sh
echo "$*" >>${at('systemctl.log')}
for unit; do :; done
case $1 in
enable) mkdir -p ${at('units')}/multi-user.target.wants && ln -sf ${at('units')}/sriov-workbench@.service ${at('units')}/multi-user.target.wants/"$unit" ;;
disable) rm -f ${at('units')}/multi-user.target.wants/"$unit"; rmdir ${at('units')}/multi-user.target.wants 2>/dev/null || true ;;
esac`;

beforeEach(async () => {
  for (const name of ['bin', 'units', 'change', 'locks']) await mkdir(at(name));
  await writeFile(at('bin/systemctl'), systemctl());
  await chmod(at('bin/systemctl'), 0o755);
});

/** Runs verbs as the executor would, one after the other; resolves with the files of the host that are there then. */
async function after(...verbs: string[]): Promise<string[]> {
  const program = `${ownFolder}\n${keptFunctions(keeps)}\n${keptVerbs
    .replace('kept_home=/etc/sriov-workbench', `kept_home=${at('etc')}`)
    .replace('units=/etc/systemd/system', `units=${at('units')}`)
    .replace('devices_home=/etc/cdi', `devices_home=${at('cdi')}`)}
change=${at('change')} locks=${at('locks')}
umask 077
${verbs.map((verb) => `${verb} || { echo "${verb} failed"; exit 1; }`).join('\n')}`;
  const env = { PATH: `${at('bin')}:${process.env['PATH']}` };
  const { stdout } = await execa('sh', ['-c', program], { env });
  expect(stdout).toBe('');
  const of = async (name: string) =>
    (await readdir(at(name), { recursive: true }).catch(() => [])).map((one) => `${name}/${one}`);
  return [...(await of('etc')), ...(await of('units')), ...(await of('cdi'))].sort();
}

const intent = `'{"id":"fw-eth7"}'`;
const installed = [
  ...['etc/attachments.d', 'etc/attachments.d/fw-eth7.json', 'etc/attachments.d/fw-eth7.sh', 'etc/watch.sh'],
  ...['units/multi-user.target.wants', 'units/multi-user.target.wants/sriov-workbench@docker.service'],
  'units/sriov-workbench@.service',
];

test('what is installed, and that removing it leaves nothing', async () => {
  expect(await after('start_watcher docker', `install_kept fw-eth7 ${intent}`)).toEqual(installed);
  expect(await after('remove_kept fw-eth7', 'stop_watcher docker')).toEqual([]);
});

test('a removal waits for a run that is at it, and leaves nothing of what that wrote', async () => {
  await after('start_watcher docker', `install_kept fw-eth7 ${intent}`);
  const lock = at('locks/fw-eth7.lock');
  const run = execa('flock', [lock, 'sh', '-c', `sleep 1; echo failed >${at('locks/fw-eth7.kept')}`]);
  await expect.poll(() => existsSync(lock)).toBe(true);
  await after('remove_kept fw-eth7', 'stop_watcher docker');
  await run;
  expect(await readdir(at('locks'))).toEqual([]);
});

test('a removal that is undone', async () => {
  await after('start_watcher docker', `install_kept fw-eth7 ${intent}`);
  expect(await after('remove_kept fw-eth7', 'stop_watcher docker', 'start_watcher docker', 'restore_kept fw-eth7')).toEqual(installed); // prettier-ignore
});

test('a watcher stays while something is left for it, and so does what another engine needs', async () => {
  await after('start_watcher docker', `install_kept fw-eth7 ${intent}`, 'start_watcher podman');
  expect(await after('stop_watcher docker', 'stop_watcher podman')).toEqual(installed);
});

test('of two engines, none of the units is left behind', async () => {
  await after('start_watcher docker', 'start_watcher podman', `install_kept fw-eth7 ${intent}`);
  expect(await after('remove_kept fw-eth7', 'stop_watcher docker', 'stop_watcher podman')).toEqual([]);
});

test('installing what was not installed, undone, leaves nothing', async () => {
  expect(await after('start_watcher docker', 'remove_kept fw-eth7', 'stop_watcher docker')).toEqual([]);
});

describe('a CDI device', () => {
  const device = 'cdi/sriov-workbench-fw-eth7.json';
  const made = ['make_home', `install_kept fw-eth7 ${intent}`, 'install_device fw-eth7'];
  const removed = ['remove_kept fw-eth7', 'remove_device fw-eth7', 'leave_home'];

  test('has the program run at the start and after the end of a container', async () => {
    expect(await after(...made)).toContain(device);
    const { devices, ...file } = JSON.parse(await readFile(at(device), 'utf8')) as {
      devices: { name: string; containerEdits: { hooks: Record<string, unknown>[] } }[];
    };
    expect(file).toEqual({ cdiVersion: '0.3.0', kind: 'sriov-workbench.local/vf' });
    expect(devices).toMatchObject([
      {
        name: 'fw-eth7',
        containerEdits: {
          hooks: [
            {
              hookName: 'createRuntime',
              path: '/bin/sh',
              args: ['sh', at('etc/attachments.d/fw-eth7.sh'), 'hook'],
              timeout: 180,
            },
            {
              hookName: 'poststop',
              path: '/bin/sh',
              args: ['sh', at('etc/attachments.d/fw-eth7.sh'), 'gone'],
              timeout: 180,
            },
          ],
        },
      },
    ]);
  });

  test('goes with its folder, where that was not there', async () => {
    await after(...made);
    expect(await after(...removed)).toEqual([]);
    expect(existsSync(at('cdi'))).toBe(false);
  });

  test('leaves a folder that was there, and others’ devices in it', async () => {
    await mkdir(at('cdi'));
    await after(...made);
    await after(...removed);
    expect(existsSync(at('cdi'))).toBe(true);
    await writeFile(at('cdi/other.json'), '{}');
    await after(...made);
    expect(await after(...removed)).toEqual(['cdi/other.json']);
  });

  test('needs no watcher, and what has one keeps it', async () => {
    await after('start_watcher docker', `install_kept fw-eth7 ${intent}`, 'install_device fw-eth7');
    expect(await after('remove_device fw-eth7', 'leave_home')).toEqual(installed);
  });
});
