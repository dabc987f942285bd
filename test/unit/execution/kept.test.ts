import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { journal } from './executing';
import { at, env, hostName, made, onHostAs, pf, record, result, run, runs, vf, write } from './keptHost';

describe('the program of an intent', () => {
  test('attaches, once, with a record and a line in the journal; then there is nothing to do', async () => {
    expect(await run()).toMatchObject({ exitCode: 0, state: 'attached', why: '' });
    expect(existsSync(at('inside'))).toBe(true);
    expect(await record()).toMatchObject({
      container: {
        id: 'f'.repeat(64),
        name: 'fw',
        engine: 'docker',
        netnsInode: expect.any(Number) as number,
      },
      before: { name: 'enp1s0v0', mac: '02:00:00:00:00:10' },
      pfBroughtUp: false,
    });
    expect(await run()).toMatchObject({ exitCode: 0, state: 'attached' });
    expect(await journal()).toMatchObject([{ kind: 'attach', outcome: 'done' }]);
    expect(await readdir(at('state/changes'))).toEqual([]);
  });

  test('gives back what came back under its name inside, as the record says', async () => {
    await run();
    await onHostAs('eth7');
    await runs(false);
    expect(await run('reconcile')).toMatchObject({ exitCode: 0, state: 'waiting' });
    expect(await hostName()).toEqual(['enp1s0v0']);
    expect(await record()).toBeNull();
    expect(await readFile(at('ip.log'), 'utf8')).toContain('ip link set dev enp1s0v0 mtu 1500');
  });

  test('after a restart, first back and then in again', async () => {
    await run();
    await onHostAs('eth7');
    expect(await run('reconcile')).toMatchObject({ state: 'attached' });
    expect((await journal()).map(({ kind }) => kind)).toEqual(['attach', 'restore', 'attach']);
  });

  test('waits where the container is not there, and knows no other by the beginning of its id', async () => {
    expect(await run('attach', made({ container: 'gone', engine: 'docker' }))).toMatchObject({ exitCode: 0 });
    expect(await run('attach', made({ container: 'fw1', engine: 'docker' }))).toMatchObject({ exitCode: 0 });
    expect(existsSync(at('inside'))).toBe(false);
  });

  test('a step that fails is undone, and its words are the reason', async () => {
    await writeFile(at('fails'), 'link set dev eth7 mtu 1400');
    expect(await run()).toMatchObject({
      exitCode: 1,
      state: 'failed',
      why: 'Set the MTU of eth7 to 1400: RTNETLINK answers: Invalid argument',
    });
    expect(await hostName()).toEqual(['enp1s0v0']);
    expect(await record()).toBeNull();
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'no VFs',
      () => rm(at('devices', vf), { recursive: true }),
      /VF 0 of enp1s0 does not exist: it has 7 VFs/,
    ],
    ['no adapter', () => rm(at('devices', pf), { recursive: true }), /the adapter 0000:01:00.0 is not there/],
    ['no driver', () => rm(at('devices', vf, 'driver')), /no driver is bound to VF 0 of enp1s0/],
    ['in use', () => writeFile(at('used'), '3: enp1s0v0    inet 192.0.2.1/24 scope global\n'), /enp1s0v0 is used by the host \(192.0.2.1\/24\)/], // prettier-ignore
    ['engine down', () => writeFile(at('engine-down'), ''), /docker does not answer: Cannot connect/],
    ['VF taken', () => rm(at('devices', vf, 'net'), { recursive: true }), /something else has it/],
    [
      'unwritable',
      () => mkdir(at('state')).then(() => writeFile(at('state/changes'), '')),
      /could not be written/,
    ],
  ])('%s: says so, and changes nothing', async (_, act, why) => {
    await act();
    const answer = await run();
    expect(answer.why).toMatch(why);
    expect(answer).toMatchObject({ exitCode: 1, state: 'failed' });
    expect(existsSync(at('inside'))).toBe(false);
  });

  test('another adapter in that place is left alone', async () => {
    const program = made();
    const intent = { ...program.intent, pfMac: '02:99:99:99:99:99' };
    expect((await run('attach', { ...program, intent })).why).toMatch(
      /^another adapter is at 0000:01:00.0 now/,
    );
  });

  test('a record of another boot says nothing: the VF is a new one', async () => {
    await run();
    const path = at('state/attachments', `${vf}.json`);
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(/"bootId":"[^"]*"/, '"bootId":"an earlier one"'),
    );
    await onHostAs('enp1s0v0');
    expect(await run('reconcile')).toMatchObject({ state: 'attached' });
    expect((await journal()).map(({ kind }) => kind)).toEqual(['attach', 'attach']);
  });

  test('killed in the middle, the next run undoes what was begun before it begins', async () => {
    const path = await write();
    await writeFile(at('bin/slow'), '');
    const slow = `#!/bin/sh\ncase "$*" in *'link set dev eth7 mtu'*) : >${at('in-step')}; sleep 30 ;; esac\n`;
    const ip = await readFile(at('bin/ip'), 'utf8');
    await writeFile(at('bin/ip'), ip.replace('#!/bin/sh\n', slow));
    const first = execa('sh', [path, 'attach'], { reject: false, env: env(), detached: true });
    await expect.poll(() => existsSync(at('in-step')), { timeout: 20_000 }).toBe(true);
    process.kill(-first.pid!, 'SIGKILL');
    await first;
    await writeFile(at('bin/ip'), ip);
    expect(await run('reconcile')).toMatchObject({ state: 'attached' });
    expect((await journal()).map(({ outcome }) => outcome)).toEqual(['undone', 'done']);
  });

  test('a run whose turn comes when its intent was removed does nothing, and leaves nothing', async () => {
    const path = await write();
    await mkdir(at('locks'), { mode: 0o700 });
    const other = execa('flock', [at('locks/fw-eth7.lock'), 'sh', '-c', `sleep 1; rm ${path}`]);
    await expect.poll(() => existsSync(at('locks/fw-eth7.lock'))).toBe(true);
    const late = await execa('sh', [path, 'attach'], { reject: false, env: env() });
    expect(late).toMatchObject({ exitCode: 0, stdout: '' });
    await other;
    expect(existsSync(at('inside'))).toBe(false);
    expect(await readdir(at('locks'))).toEqual([]);
  });

  test('a container that starts again and again gets it later each time', async () => {
    const path = await write();
    await writeFile(
      at('bin/sleep'),
      `#!/bin/sh\ncase $1 in 1 | 3 | 0.*) exec /bin/sleep "$1" ;; esac\necho "$1" >>${at('slept')}\n`,
    );
    await chmod(at('bin/sleep'), 0o755);
    for (let start = 0; start < 8; start += 1)
      await execa('sh', [path, 'reconcile', 'start'], { env: env() });
    const slept = (await readFile(at('slept'), 'utf8')).split('\n').filter((line) => Number(line) >= 2);
    expect(slept).toEqual(['2', '4', '8', '16', '30']);
  });

  test('no namespace is held open between two tries: it would not end, nor the VF in it come back', async () => {
    const path = await write();
    await writeFile(at('fails'), 'link set dev eth7 mtu');
    const sleep = `case $1 in 1) [ -e /proc/$$/fd/7 ] && echo held || echo free ;; esac >>${at('slept')}`;
    await writeFile(at('bin/sleep'), `#!/bin/sh\n${sleep}\nexec /bin/sleep 0.1\n`);
    await chmod(at('bin/sleep'), 0o755);
    await execa('sh', [path, 'reconcile', 'start'], { env: env() });
    expect(await result()).toMatchObject({ state: 'failed' });
    expect([...new Set((await readFile(at('slept'), 'utf8')).trim().split('\n'))]).toEqual(['free']);
  });
});
