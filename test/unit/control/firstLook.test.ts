import { describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { restoresBefore } from '../../../src/control/beforeChange';
import { assemble } from '../../../src/inventory/assemble';
import { isEnough, isWorthAFirstLook } from '../../../src/inventory/first/isEnough';
import { isRefusal } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import { planChange } from '../../../src/planning/plan';
import { recordedHost, recordedHosts } from '../../hosts/index.mjs';
import { probeAnswer } from '../../hosts/probe.mjs';
import { atFirst, changing, narrow, off, request, type Sections } from './changing';

const vf = '0000:70:11.1';
const attach: ChangeRequest = { kind: 'attach', vf, container: 'du', name: 'eth1' };
const toLook = (sections: Sections) => {
  const all = sections.map(([name, body]) => ({ name, body }));
  return { sections: all, snapshot: { ...assemble('here', all), takenAt: '' } };
};

async function ran(asked: ChangeRequest, now: (all: Sections) => Sections = (all) => all) {
  const { host, programs } = await changing('done', off, (all) => narrow(off(all)));
  const control = createHostControl({
    ...host,
    async run(program, options) {
      const result = await host.run(program, options);
      const parts = result.stdout.split(/(?=@@\w+@@ )/);
      const [nonce = ''] = /@@\w+@@ /.exec(result.stdout) ?? [];
      if (parts.some((part) => part.startsWith('@ outcome'))) return result;
      const said = parts.map((part): [string, string] => {
        const [name = '', ...body] = part.slice(nonce.length).split('\n');
        return [name, body.join('\n')];
      });
      const text = now(said).map(([name, body]) => `${nonce}${name}\n${body}`);
      return { ...result, stdout: text.join('') };
    },
  });
  const outcome = await control.change(asked);
  const { snapshot } = control;
  await control.dispose();
  return { ended: outcome.status === 'refused' ? outcome.refusal.code : outcome.status, programs, snapshot };
}

test('a change of a host that nobody has looked at takes a look for it and the change', async () => {
  const { ended, programs, snapshot } = await ran(request);
  expect({ ended, programs }).toEqual({ ended: 'done', programs: ['first', 'change'] });
  // It was looked at for that change; how it is, nobody has seen.
  expect(snapshot).toBeUndefined();
});

const id = (letter: string) => letter.repeat(64);
const kept = (lines: string, called: string): Sections => [
  ['kept podman', lines],
  ['called podman', called],
];
/** Beside what a first look prints: what Podman keeps. A whole look asks Podman. */
const withKept =
  (lines: string, called: string) =>
  (all: Sections): Sections =>
    all.some(([name]) => name === 'asker')
      ? [...all.slice(0, -1), ...kept(lines, called), ...all.slice(-1)]
      : all;

describe('the whole host is looked at where a look for the change alone', () => {
  test.each<[string, ChangeRequest, (all: Sections) => Sections]>([
    ['has an engine that does not answer', attach, (all) => swapped(all, 'engine docker', 'failed\n')],
    [
      'has not found a function',
      attach,
      (all) => all.map(([name, body]) => [name, name === 'host-devices' ? body.replaceAll(vf, '') : body]),
    ],
    [
      'found another one of that name',
      attach,
      withKept(`${id('a')} \n`, `[{"id":"${id('a')}","names":["du"]}]\n`),
    ],
    [
      'found another one whose id begins so',
      { ...attach, container: 'ab' },
      withKept(`${id('ab').slice(0, 64)} \n`, ''),
    ],
    ['does not know what one is called', attach, withKept(`${id('a')} 7\n`, '[]\n')],
    ['found nothing but a refusal', { ...attach, container: 'nobody' }, (all) => all],
  ])('%s', async (_, asked, now) => {
    const { programs } = await ran(asked, now);
    expect(programs.slice(0, 2)).toEqual(['first', 'look']);
  });

  test.each<[string, ChangeRequest]>([
    ['is for taking back', { kind: 'undo' }],
    ['would end in a question', { kind: 'set-vfs', pf: 'ens1f1', count: 0 }],
    ['is for what is forced', { ...attach, forceInterface: 'ens1f1' }],
  ])('%s, at once', async (_, asked) => {
    expect((await ran(asked)).programs[0]).toBe('look');
  });

  test('was not root’s: then it was all of it', async () => {
    const asUser = (all: Sections) =>
      swapped(
        all.filter(([name]) => name !== 'asker'),
        'login',
        '1000\nme\n',
      );
    expect((await ran(attach, asUser)).programs).toEqual(['first']);
  });
});

const swapped = (all: Sections, name: string, body: string): Sections =>
  all.map(([other, text]) => [other, other === name ? body : text]);

describe.each(recordedHosts)('on the recorded host %s', (name) => {
  test('a look for a change alone makes the plan that a whole one makes, or none', async () => {
    const recording = await recordedHost(name);
    const whole = toLook(probeAnswer(recording));
    const first = toLook(atFirst(probeAnswer(recording)));
    const ours = { os: whole.snapshot.host.os, virtualization: whole.snapshot.host.virtualization };
    for (const asked of (recording.asks ?? []) as ChangeRequest[]) {
      if (!isWorthAFirstLook(asked) || !isEnough(first, asked)) continue;
      const plan = planChange(first.snapshot, asked);
      if (isRefusal(plan) || restoresBefore(first.snapshot, asked).length > 0) continue;
      expect(plan).toEqual(planChange(whole.snapshot, asked));
    }
    expect({ ...first.snapshot, host: { ...first.snapshot.host, ...ours, dhcpClient: 'dhclient' } }).toEqual(
      whole.snapshot,
    );
  });
});

test('a container that is known by its files only has its name, its place and what is in it', async () => {
  const recording = await recordedHost('e810');
  const all = probeAnswer(recording);
  const du = recording.containers?.find(({ name }) => name === 'du');
  const inPodman = withKept(
    `${du?.id} ${du?.pid}\n`,
    `[{"id":"${du?.id}","names":["du"],"image":"x"}]\n`,
  )(atFirst(swapped(all, 'containers docker', '')));
  const { snapshot, ...look } = toLook(inPodman);
  const [found] = snapshot.containers;
  expect(found).toMatchObject({
    engine: 'podman',
    name: 'du',
    id: du?.id,
    state: 'running',
    netnsInode: du?.netns,
  });
  // What is asked for goes elsewhere, and it shares its network with nobody.
  expect(isEnough({ ...look, snapshot }, { ...attach, container: 'lab-ns' })).toBe(true);
  expect(isEnough({ ...look, snapshot }, attach)).toBe(false);
});
