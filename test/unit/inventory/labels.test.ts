import { expect, test } from 'vitest';
import { everyEngine, readEngines } from '../../../src/inventory/engines';
import { labelNames } from '../../../src/model/engines/labels';

const id = 'a'.repeat(64);
const compose = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };

/** The one container of an engine whose client, or whose socket, says this of it. */
function read(engine: 'docker' | 'podman', labels: unknown, by: 'client' | 'socket' = 'client') {
  const said = { id, name: '/fw', image: 'alpine', state: 'running', pid: 7, networkMode: 'none' };
  const listed = [{ Id: id, Names: ['/fw'], Image: 'alpine', State: 'running', Labels: labels }];
  const body = by === 'client' ? JSON.stringify({ ...said, ...(labels as object) }) : JSON.stringify(listed);
  const { containers } = readEngines(
    [
      { name: `engine ${engine}`, body: 'ok\n' },
      { name: `${by === 'client' ? 'containers' : 'listed'} ${engine}`, body: `${body}\n` },
    ],
    { user: 'root', groups: '' },
  );
  return containers.find((one) => one.engine === engine)?.containers[0];
}

test.each(['client', 'socket'] as const)('by its %s, a container says of which project it is', (by) => {
  expect(read('docker', compose, by)).toMatchObject({ composeProject: 'shop', composeService: 'web' });
});

test('podman-compose has a label of its own for the project', () => {
  expect(read('podman', { 'io.podman.compose.project': 'shop' })).toMatchObject({ composeProject: 'shop' });
});

test.each(['client', 'socket'] as const)(
  'by its %s, no other label is kept: it may hold a password',
  (by) => {
    const kept = read('docker', { ...compose, 'traefik.users': 'me:secret' }, by);
    expect(kept).toMatchObject({ composeProject: 'shop' });
    expect(JSON.stringify(kept)).not.toContain('secret');
  },
);

test.each([
  ['no labels', null],
  ['none at all', undefined],
  ['labels that are no texts', { 'sriov.group': 7, 'com.docker.compose.project': ['x'] }],
  ['empty ones', { 'sriov.group': '', 'com.docker.compose.project': null }],
])('%s: it belongs to nothing, and is there', (_, labels) => {
  for (const by of ['client', 'socket'] as const) {
    const container = read('docker', labels, by);
    expect(container).toMatchObject({ name: 'fw' });
    expect(Object.keys(container ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/compose|group/)]),
    );
  }
});

test('what is long is cut off', () => {
  expect(read('docker', { 'sriov.group': 'x'.repeat(9999) }, 'socket')?.group).toHaveLength(128);
});

test('a client is asked for the labels that are read, and for no others', () => {
  const asked = [...everyEngine.beside.matchAll(/index \. "([^"]+)"/g)].map(([, name]) => name);
  expect(new Set(asked)).toEqual(new Set(labelNames));
  expect(everyEngine.beside).not.toContain('json .Config.Labels');
});
