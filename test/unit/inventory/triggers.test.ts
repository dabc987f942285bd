import { expect, test } from 'vitest';
import { triggersOf } from '../../../src/inventory/lasting/triggers';

const read = (docker: string, more: Record<string, string> = {}) =>
  triggersOf(Object.entries({ docker, ...more }).map(([name, body]) => ({ name, body: `${body}\n` })));

test('what the engines say of themselves', () => {
  const facts = read('"26.1.5+dfsg1" ["/etc/cdi","/var/run/cdi"]', {
    ...{ systemd: 'yes', podman: 'podman version 5.4.2', 'daemon-json': '{"features":{"cdi":true}}' },
  });
  expect(facts).toEqual({
    systemd: true,
    docker: {
      version: '26.1.5+dfsg1',
      cdiFolders: ['/etc/cdi', '/var/run/cdi'],
      daemonJson: '{"features":{"cdi":true}}\n',
    },
    podman: '5.4.2',
  });
});

test('Docker with CDI off, a Docker before that, and none', () => {
  expect(read('"26.1.5" []').docker).toEqual({ version: '26.1.5', cdiFolders: [], daemonJson: null });
  expect(read('"24.0.7" ').docker).toMatchObject({ version: '24.0.7', cdiFolders: [] });
  expect(read('')).toEqual({ systemd: false, docker: null, podman: null });
});
