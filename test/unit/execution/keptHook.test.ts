import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KeptProgram } from '../../../src/model/plan';
import type { KeepRequest } from '../../../src/model/request';
import { able } from '../planning/able';
import { journal } from './executing';
import { at, env, hostName, made, onHostAs, record, result, vf, write } from './keptHost';

describe('as the hooks of a CDI device', () => {
  const id = 'e'.repeat(64);
  const byCdi = (request: Partial<KeepRequest> = {}) => made({ via: 'cdi', able, ...request });

  beforeEach(async () => {
    await writeFile(at('bin/docker'), `#!/bin/sh\necho "$*" >>${at('asked')}\n`);
    await writeFile(at('bin/systemd-run'), `#!/bin/sh\necho "$*" >>${at('units')}\n`);
    await writeFile(at('bin/logger'), '#!/bin/sh\n');
    for (const name of ['systemd-run', 'logger']) await chmod(at('bin', name), 0o755);
    await writeFile(at('net-dev'), '    lo: 0\n');
    await bundle('fw');
  });

  /** What Docker has of a container, and what its runtime gets. */
  const bundle = async (name: string, files = `"NetworkSettings":{"Networks":{"a":{"EndpointID":""}}}`) => {
    await mkdir(at('moby', id), { recursive: true });
    await mkdir(at('containers', id), { recursive: true });
    const mounts = [{ source: at('containers', id, 'hosts') }];
    await writeFile(at('moby', id, 'config.json'), JSON.stringify({ mounts }));
    await writeFile(at('containers', id, 'config.v2.json'), `{"Name":"/${name}",${files}}`);
    await writeFile(at('containers', id, 'hostconfig.json'), '{"NetworkMode":"a"}');
  };
  const state = (more: object = {}) => ({
    ...{ ociVersion: '1.2.0', id, status: 'creating', pid: process.pid, bundle: at('moby', id) },
    ...more,
  });
  const hook = async (how: string[], program = byCdi(), input: unknown = state()) => {
    const path = await write(program);
    const options = { reject: false, env: env(), input: JSON.stringify(input) } as const;
    const { exitCode, stderr } = await execa('sh', [path, ...how], options);
    expect(existsSync(at('asked'))).toBe(false);
    return { exitCode, stderr };
  };

  test('the VF is in the container before it starts, and the engine is not asked', async () => {
    expect(await hook(['hook'])).toEqual({ exitCode: 0, stderr: '' });
    expect(existsSync(at('inside'))).toBe(true);
    expect(await record()).toMatchObject({ container: { id, name: 'fw', engine: 'docker' } });
    expect(await result()).toMatchObject({ state: 'attached' });
    expect(await journal()).toMatchObject([{ kind: 'attach', outcome: 'done' }]);
  });

  test('what came back from the last one gets its name and settings first', async () => {
    await hook(['hook']);
    await onHostAs('eth7');
    expect(await hook(['hook'])).toMatchObject({ exitCode: 0 });
    expect((await journal()).map(({ kind }) => kind)).toEqual(['attach', 'restore', 'attach']);
  });

  test('the container does not start where a step fails: all is as before, and stderr says why', async () => {
    await writeFile(at('fails'), 'link set dev eth7 mtu 1400');
    expect(await hook(['hook'])).toEqual({
      exitCode: 1,
      stderr:
        "SR-IOV Workbench: the VF that is kept as fw-eth7 can't be attached: Set the MTU of eth7 to 1400: RTNETLINK answers: Invalid argument",
    });
    expect(await hostName()).toEqual(['enp1s0v0']);
    expect(await record()).toBeNull();
    expect(await result()).toMatchObject({ state: 'failed' });
  });

  test.each<[string, () => Promise<unknown>, RegExp, (() => unknown)?, KeptProgram?]>([
    ['another container', () => bundle('web'), /kept for the container fw, and this one is web$/],
    ['another engine', () => Promise.resolve(), /of docker, not of podman$/, () => state({ bundle: `/a/overlay-containers/${id}/userdata` })], // prettier-ignore
    ['no container', () => Promise.resolve(), /did not say which container/, () => ({})],
    ['VF taken', () => rm(at('devices', vf, 'net'), { recursive: true }), /something else has it/],
    ['a name of the engine’s', () => Promise.resolve(), /docker will call an interface of fw eth0 itself/, state, byCdi({ name: 'eth0' })], // prettier-ignore
    ['a name that its network has', () => bundle('fw', '"com.docker.network.endpoint.ifname":"eth7"'), /call an interface of fw eth7/], // prettier-ignore
  ])('%s: refuses the start, and changes nothing', async (_, act, why, input = state, program = byCdi()) => {
    await act();
    const { exitCode, stderr } = await hook(['hook'], program, input());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(why);
    expect(existsSync(at('inside'))).toBe(false);
    expect(existsSync(at('state/changes'))).toBe(false);
  });

  test.each([
    ['after those of its networks', { name: 'eth1' }, () => Promise.resolve()],
    ['where it has no network', { name: 'eth0' }, () => writeFile(at('containers', id, 'hostconfig.json'), '{"NetworkMode":"none"}')], // prettier-ignore
  ])('a name %s is free', async (_, name, act) => {
    await act();
    expect((await hook(['hook'], byCdi(name))).stderr).not.toContain('itself');
  });

  test('when it has ended, a unit gives the VF back, once it has come; of another container nothing', async () => {
    await hook(['hook']);
    await onHostAs('eth7');
    expect(await hook(['gone'], byCdi(), state({ status: 'stopped', pid: 0 }))).toMatchObject({
      exitCode: 0,
    });
    expect(await readFile(at('units'), 'utf8')).toMatch(
      new RegExp(`sh ${at('home/fw-eth7.sh')} back ${id}\n$`),
    );
    await hook(['back', 'd'.repeat(64)]);
    expect(await hostName()).toEqual(['eth7']);
    await hook(['back', id]);
    expect(await hostName()).toEqual(['enp1s0v0']);
    expect(await record()).toBeNull();
    await rm(at('units'));
    await hook(['gone']);
    expect(existsSync(at('units'))).toBe(false);
  });
});
