import { expect, test } from 'vitest';
import { containerRows } from '../../../src/ui/tree/containers';
import { bareHost, container } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

test('a container shows the VFs that are in it', () => {
  const [docker] = containerRows(hostWithAttachment());
  expect(docker).toMatchObject({ label: 'Docker', description: '2 running' });
  const [fw, router] = docker?.children ?? [];
  expect(fw).toMatchObject({
    label: 'fw',
    description: 'running · 1 VF',
    context: ';ctr;running;vfN;netns;asked;execs;',
  });
  expect(router).toMatchObject({
    label: 'router',
    description: 'running',
    context: ';ctr;running;vf0;netns;asked;execs;',
  });
  expect(fw?.children).toMatchObject([
    { label: 'eth1', description: 'VF 0 of enp1s0 · 192.0.2.10/24', context: ';att;ours;' },
  ]);
});

test('what another program attached is marked foreign', () => {
  const snapshot = { ...hostWithAttachment(), attachments: [] };
  expect(containerRows(snapshot)[0]?.children[0]?.children[0]?.context).toBe(';att;foreign;');
});

test('stopped ones come last and can take nothing', () => {
  const snapshot = bareHost({
    containers: [
      container('a-stopped', { state: 'exited', netnsInode: null, pid: null }),
      container('host', { networkMode: 'host' }),
      container('side', { networkMode: 'container:abc' }),
      container('blue', { engine: 'netns', id: 'blue', networkMode: null }),
    ],
  });
  const [docker, namespaces] = containerRows(snapshot);
  expect(docker?.children.map(({ label, description }) => `${label}: ${description}`)).toEqual([
    'host: running · host network',
    'side: running · shared network',
    'a-stopped: exited',
  ]);
  expect(docker?.children.map(({ context }) => context)).toEqual([
    ';ctr;running;vf0;hostnet;asked;execs;',
    ';ctr;running;vf0;netns;asked;execs;',
    ';ctr;stopped;vf0;netns;asked;',
  ]);
  expect(namespaces).toMatchObject({
    label: 'Network Namespaces',
    children: [{ label: 'blue', description: '' }],
  });
});

test('numbers in names count as numbers', () => {
  const snapshot = bareHost({ containers: ['app-10', 'app-9', 'app-100'].map((name) => container(name)) });
  expect(containerRows(snapshot)[0]?.children.map(({ label }) => label)).toEqual([
    'app-9',
    'app-10',
    'app-100',
  ]);
});

test('an engine that refuses is there with the reason, beside the others', () => {
  const snapshot = bareHost({
    containers: [container('blue', { engine: 'netns' })],
    engines: [{ engine: 'docker', status: 'denied', detail: 'permission denied on /var/run/docker.sock' }],
  });
  expect(containerRows(snapshot)).toMatchObject([
    {
      label: 'Docker',
      description: 'permission denied',
      tooltip: [['Output', expect.stringContaining('docker.sock')]],
    },
    { label: 'Network Namespaces' },
  ]);
});

test('no containers: the view’s own text says why', () => {
  expect(containerRows(bareHost())).toEqual([]);
});
