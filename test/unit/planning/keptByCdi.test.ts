import { describe, expect, test } from 'vitest';
import type { Kept } from '../../../src/model/lasting/kept';
import type { DockerFacts, TriggerFacts } from '../../../src/model/lasting/triggerFacts';
import type { KeepRequest } from '../../../src/model/request';
import { stateOf } from '../../../src/planning/kept/stateOf';
import { unableTo } from '../../../src/planning/kept/unableTo';
import { container, host, pf, vf } from '../hosts/host';
import { able } from './able';
import { planned, refused } from './planning';

const keep: KeepRequest = {
  ...{ kind: 'keep', vf: 'enp1s0:0', container: 'later', engine: 'docker', name: 'eth7', via: 'cdi', able },
};
const plan = (request: Partial<KeepRequest> = {}) => planned(host(), { ...keep, ...request });
const kept = (request: Partial<KeepRequest> = {}, more: Partial<Kept> = {}): Kept => ({
  ...{ intent: plan(request).keeps!.intent, result: null, watched: true },
  ...more,
});

describe('kept by CDI', () => {
  test('installs a program and a device, and nothing that runs', () => {
    const { steps, keeps, promises } = plan();
    expect(steps.map(({ apply }) => apply.slice(0, 2).join(' '))).toEqual([
      'make_home',
      'install_kept later-eth7',
      'install_device later-eth7',
    ]);
    expect(keeps!.intent).toMatchObject({ id: 'later-eth7', trigger: 'cdi' });
    expect(promises).toEqual([{ kind: 'kept', id: 'later-eth7', there: true }]);
  });

  test('says what to make the container with, and that an existing one is to be made anew', () => {
    expect(plan().notes[1]).toMatch(
      /Create the container with --device sriov-workbench[.]local[/]vf=later-eth7 [(]docker run[)], devices:/,
    );
    const existing = plan({ container: 'fw' });
    expect(existing.notes[1]).toContain(
      "Container fw is left as it is: an existing container can't get a device",
    );
    expect(existing.namespace).toBeNull();
    expect(existing.steps.some(({ apply }) => apply[0] === 'run_kept')).toBe(false);
  });

  test('the name of a device ends as CDI has it', () => {
    expect(plan({ name: 'eth7-' }).keeps!.intent.id).toBe('later-eth7');
  });

  test('a container gets all its VFs the same way', () => {
    const one = host({ kept: [kept({ vf: 'enp1s0:1', container: 'fw', name: 'eth8' })] });
    expect(refused(one, { ...keep, container: 'fw', via: 'watcher' })).toMatch(
      /^limit: container fw gets eth8 by cdi, and all VFs of a container must come the same way\./,
    );
    expect(planned(one, { ...keep, container: 'fw' }).kind).toBe('keep');
    expect(planned(one, { ...keep, container: 'router', via: 'watcher' }).kind).toBe('keep');
  });

  test('a client in the container is no client for DHCP: it does not run yet', () => {
    const fw = container('fw', { dhcpClient: 'docker udhcpc' as never });
    const { host: facts } = host();
    const now = host({ containers: [fw], host: { ...facts, dhcpClient: undefined } });
    expect(refused(now, { ...keep, container: 'fw', dhcp: true })).toMatch(/^limit: Neither/);
  });

  test('its removal takes the device, and says that containers need it', () => {
    const { steps, notes } = planned(host({ kept: [kept()] }), { kind: 'stop-keeping' });
    expect(steps.map(({ apply }) => apply.join(' '))).toEqual([
      'remove_kept later-eth7',
      'remove_device later-eth7',
      'leave_home',
    ]);
    expect(notes.at(-1)).toMatch(/with the device sriov-workbench[.]local[/]vf=later-eth7 won't start again/);
  });

  test('without its device, or in a container that was made without it, it says so', () => {
    expect(stateOf(host(), kept({}, { watched: false })).why).toBe('/etc/cdi/sriov-workbench-later-eth7.json is not there'); // prettier-ignore
    const now = host({ pfs: [pf([vf(0), vf(1)])] });
    expect(stateOf(now, kept({ container: 'fw' }))).toEqual({
      state: 'failed',
      why: 'container fw runs without it: it was created without the device sriov-workbench.local/vf=fw-eth7',
    });
  });
});

describe('what a host can', () => {
  const docker = (facts: Partial<DockerFacts>): TriggerFacts => ({
    ...able,
    docker: { version: '26.1.5', cdiFolders: [], daemonJson: null, ...facts },
  });
  test.each<[string, TriggerFacts, string]>([
    [
      'an early Docker',
      docker({ version: '24.0.7' }),
      'Docker 24.0.7 does not support CDI devices, which came with Docker 25.',
    ],
    [
      'CDI off',
      docker({}),
      'CDI is off in Docker 26.1.5. Replace /etc/docker/daemon.json with this: {"features":{"cdi":true}} and run: systemctl restart docker',
    ],
    [
      'CDI off, with settings',
      docker({ daemonJson: '{"mtu":1400,"features":{"a":true}}' }),
      'this: {"mtu":1400,"features":{"a":true,"cdi":true}} and',
    ],
    [
      'CDI switched off',
      docker({ version: '28.5.2', daemonJson: '{"features":{"cdi":false}}' }),
      'this: {"features":{"cdi":true}} and',
    ],
    [
      'settings that are no JSON',
      docker({ daemonJson: '{' }),
      'Add "features": {"cdi": true} to /etc/docker/daemon.json and',
    ],
    ['other folders', docker({ cdiFolders: ['/opt/cdi'] }), 'in /opt/cdi, not in /etc/cdi'],
    ['no Docker', { ...able, docker: null }, 'Docker does not answer'],
  ])('%s: says what is missing', (_, facts, reason) => {
    expect(unableTo('cdi', 'docker', facts)).toContain(reason);
    expect(refused(host(), { ...keep, able: facts })).toContain(reason);
  });

  test('Podman, and the watcher', () => {
    expect(unableTo('cdi', 'podman', able)).toBeUndefined();
    expect(unableTo('cdi', 'podman', { ...able, podman: '4.0.3' })).toMatch(
      /^Podman 4[.]0[.]3 does not support CDI/,
    );
    expect(unableTo('cdi', 'podman', { ...able, podman: null })).toBe('Podman is not installed.');
    expect(unableTo('watcher', 'docker', docker({}))).toBeUndefined();
    expect(unableTo('watcher', 'docker', { ...able, systemd: false })).toMatch(/systemd/);
  });

  test('nothing is planned before it was read', () => {
    expect(refused(host(), { ...keep, able: undefined })).toMatch(/^unknown-state/);
  });
});
