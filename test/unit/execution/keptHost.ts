import { chmod, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { renderKept } from '../../../src/execution/renderKept';
import type { KeptProgram } from '../../../src/model/plan';
import type { KeepRequest } from '../../../src/model/request';
import { host } from '../hosts/host';
import { planned } from '../planning/planning';
import { folder, here } from './executing';

const keep: KeepRequest = { kind: 'keep', vf: 'enp1s0:0', container: 'fw', name: 'eth7', mtu: 1400 };
export const made = (request: Partial<KeepRequest> = {}): KeptProgram =>
  planned(host(), { ...keep, ...request }).keeps!;
export const [pf, vf] = ['0000:01:00.0', '0000:01:10.0'];
export const at = (...path: string[]) => join(folder, ...path);

/** A host of files: `docker`, `ip` and `nsenter` do what their names say with them. */
const fakes: Record<string, string> = {
  docker: `case $1 in
inspect)
	for last; do :; done
	case "$last" in fw | fw1 | ${'f'.repeat(64)}) ;; *) echo "Error: No such container: $last" >&2; exit 1 ;; esac
	[ ! -e FOLDER/engine-down ] || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; }
	case "$*" in *State.Running*) echo "${'f'.repeat(64)} $(cat FOLDER/pid) $(cat FOLDER/running) /fw" ;; *) cat FOLDER/pid ;; esac ;;
ps) cat FOLDER/listed 2>/dev/null ;;
events) cat FOLDER/events; while [ -e FOLDER/engine-up ]; do sleep 0.1; done ;;
esac`,
  nsenter: `shift; INSIDE=yes exec "$@"`,
  ip: `printf '%s\\n' "\${INSIDE:+inside: }ip $*" >>FOLDER/ip.log
case "$*" in *"$(cat FOLDER/fails 2>/dev/null || echo nothing)"*) echo 'RTNETLINK answers: Invalid argument' >&2; exit 2 ;; esac
case "$*" in
'-j -d link show') [ -z "$INSIDE" ] || [ ! -e FOLDER/inside ] || printf '[{"ifindex":7,"ifname":"eth7","parentdev":"${vf}"}]' ;;
'-j link show dev enp1s0'*) echo '[{"ifindex":2,"ifname":"enp1s0","address":"PFMAC"}]' ;;
'-o addr show dev '*) cat FOLDER/used 2>/dev/null ;;
'link set dev '*' netns /proc/self/fd/7 name '*) rm -r FOLDER/devices/${vf}/net/*; : >FOLDER/inside ;;
'link set dev '*' down netns /proc/self/fd/8 name '*) rm FOLDER/inside; mkdir -p FOLDER/devices/${vf}/net/"$9" ;;
'link set dev '*' name '*) mv FOLDER/devices/${vf}/net/"$4" FOLDER/devices/${vf}/net/"$6" ;;
'link show dev '*) case "$4" in eth7) [ -n "$INSIDE" ] && [ -e FOLDER/inside ] ;; *) exit 1 ;; esac ;;
esac`,
};

beforeEach(async () => {
  await mkdir(at('bin'));
  for (const [name, text] of Object.entries(fakes)) {
    const program = text.replaceAll('FOLDER', folder).replaceAll('PFMAC', host().pfs[0]!.mac!);
    await writeFile(at('bin', name), `#!/bin/sh\n${program}\n`);
    await chmod(at('bin', name), 0o755);
  }
  for (const function_ of [pf, vf]) await mkdir(at('devices', function_, 'net'), { recursive: true });
  await mkdir(at('devices', pf, 'net/enp1s0'));
  await mkdir(at('drivers/igbvf'), { recursive: true });
  await symlink(at('drivers/igbvf'), at('devices', vf, 'driver'));
  await writeFile(at('devices', pf, 'sriov_numvfs'), '7\n');
  await onHostAs('enp1s0v0');
  await runs(true);
});

export const onHostAs = async (name: string) => {
  await rm(at('devices', vf, 'net'), { recursive: true });
  await mkdir(at('devices', vf, 'net', name), { recursive: true });
  await writeFile(at('devices', vf, 'net', name, 'address'), '02:00:00:00:00:10\n');
  await rm(at('inside'), { force: true });
};
export const runs = async (running: boolean) => {
  await writeFile(at('running'), `${running}\n`);
  await writeFile(at('pid'), `${running ? process.pid : 0}\n`);
};
/** The program of an intent, on that host. */
export const write = async (program = made()): Promise<string> => {
  await mkdir(at('home'), { recursive: true });
  const text = here(renderKept(program).replace('#!/bin/sh\n', ''))
    .replaceAll('/sys/class/net', at('devices', vf, 'net'))
    .replaceAll('/etc/sriov-workbench/attachments.d', at('home'))
    .replace('[ "$inode" = "$(stat -L -c %i /proc/self/ns/net)" ]', 'false')
    .replaceAll('"$tries" -le 50', '"$tries" -le 3')
    .replace('[ "$(id -u)" != 0 ]', 'false')
    .replaceAll('/proc/self/net/dev', at('net-dev'))
    .replaceAll('"$pause" -gt 16', '"$pause" -gt 1');
  await writeFile(at('home', `${program.intent.id}.sh`), text);
  return at('home', `${program.intent.id}.sh`);
};
export const env = () => ({ PATH: `${at('bin')}:${process.env['PATH']}` });
export const run = async (how = 'attach', program?: KeptProgram) => {
  const path = await write(program);
  const { exitCode, stdout } = await execa('sh', [path, how], { reject: false, env: env() });
  return { exitCode, stdout, ...(await result()) };
};
export const result = async (): Promise<{ state?: string; why?: string }> =>
  JSON.parse(await readFile(at('locks/fw-eth7.kept'), 'utf8').catch(() => '{}')) as {
    state?: string;
    why?: string;
  };
export const record = async () =>
  JSON.parse(await readFile(at('state/attachments', `${vf}.json`), 'utf8').catch(() => 'null')) as unknown;
export const hostName = () => readdir(at('devices', vf, 'net'));
