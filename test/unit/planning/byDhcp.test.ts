import { describe, expect, test } from 'vitest';
import type { ChangeRequest } from '../../../src/model/request';
import type { AttachmentRecord } from '../../../src/model/attachment';
import { parseRecords } from '../../../src/inventory/records';
import { planRestores } from '../../../src/planning/plan';
import { renderProgram } from '../../../src/execution/render';
import { container, host, onHost, pf, vf } from '../hosts/host';
import { planned, refused } from './planning';

const fw = container('fw');
const client = { host: { ...host().host, dhcpClient: 'busybox udhcpc' as const } };
const request: ChangeRequest = { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1', dhcp: true };
const plan = planned(host(client), request);
const record = JSON.parse(plan.steps[0]!.apply[2]!) as AttachmentRecord;
const argv = ['busybox', 'udhcpc'];

/** The host with the VF where the plan put it, or back as eth1. */
const later = (status: 'live' | 'returned-not-restored') =>
  host({
    ...client,
    pfs: [
      pf([
        vf(0, {
          ...{ name: 'eth1', up: status === 'live' },
          holder:
            status === 'live'
              ? { kind: 'container', containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' }
              : onHost,
        }),
      ]),
    ],
    attachments: [{ vf: record.vf, containerId: fw.id, containerName: 'fw', status, recordedAt: '', record }],
  });

describe('an address by DHCP', () => {
  test('is the last step, when the interface is up; its undo gives it back', () => {
    expect(plan.steps.at(-1)).toMatchObject({
      apply: ['start_dhcp', '0000:01:10.0', 'eth1', '/proc/100/ns/net', `${fw.netnsInode}`, ...argv],
      undo: ['stop_dhcp', '0000:01:10.0', 'eth1', ...argv],
    });
    expect(parseRecords([JSON.stringify(record)]).records[0]?.dhcp).toBe('busybox udhcpc');
  });

  test('is given back first when it is detached, while the server can still be reached', () => {
    const [first] = planned(later('live'), { kind: 'detach', vf: 'enp1s0:0' }).steps;
    expect(first).toMatchObject({ apply: ['stop_dhcp', record.vf, 'eth1', ...argv] });
    expect(first?.undo[0]).toBe('start_dhcp');
  });

  test('is renewed no more when its interface came back from a container that stopped', () => {
    const [restore] = planRestores(later('returned-not-restored'));
    expect(restore?.steps[0]?.apply[0]).toBe('stop_dhcp');
  });

  test('moves with the VF: given back there, requested again here', () => {
    const moved = planned(later('live'), { ...request, container: 'router', move: true });
    const first = moved.steps[0]!;
    expect(first.apply.slice(0, 2)).toEqual(['at_source', 'stop_dhcp']);
    expect(first.undo.slice(0, 2)).toEqual(['at_source', 'start_dhcp']);
    expect(moved.steps.at(-1)?.apply[0]).toBe('start_dhcp');
  });

  test('comes to a macvlan too, under the name of its record', () => {
    const steps = planned(host(client), { ...request, vf: 'enp1s0', mode: 'macvlan' }).steps;
    expect(steps.at(-1)?.apply[1]).toMatch(/^0000:01:00\.0\.macvlan-[0-9a-f]{12}$/);
  });

  test('is got by the container’s own client where the host has none, and by nobody else’s', () => {
    const id = 'f'.repeat(64);
    const own = { ...fw, id, dhcpClient: `docker exec ${id}` as const };
    const by = planned(host({ containers: [own, container('router')] }), request);
    expect(by.steps.at(-1)).toMatchObject({
      title: 'Get an address for eth1 by DHCP and keep it renewed (the container’s own udhcpc)',
      apply: ['start_dhcp', record.vf, 'eth1', '/proc/100/ns/net', `${fw.netnsInode}`, 'docker', 'exec', id],
    });
    expect(parseRecords([by.steps[0]!.apply[2]!]).records[0]?.dhcp).toBe(own.dhcpClient);
    expect(
      refused(host({ containers: [own, container('router')] }), { ...request, container: 'router' }),
    ).toMatch(/^limit: /);
    const both = planned(host({ ...client, containers: [own] }), request);
    expect(both.steps.at(-1)?.apply.slice(-2)).toEqual(argv);
  });

  test.each(['docker exec ; reboot', 'docker run ffffffffffff', 'sh -c', 'podman exec ../x'])(
    'a record that has "%s" as its client is no record',
    (dhcp) => {
      expect(parseRecords([JSON.stringify({ ...record, dhcp })])).toEqual({ records: [], unreadable: 1 });
    },
  );

  test('the program has the verbs for it, and only then', () => {
    expect(renderProgram(plan, 'x')).toContain('\nstart_dhcp() {');
    const other = planned(host(client), { ...request, dhcp: false });
    expect(renderProgram(other, 'x')).not.toContain('start_dhcp');
  });

  test.each<[string, object, object, RegExp]>([
    [
      'no client: what to install is named',
      {},
      {},
      /^limit: Neither lab nor fw has a supported DHCP client .*install the package busybox/,
    ],
    [
      'an IPv4 address by hand as well',
      client,
      { addresses: ['10.0.0.1/24'] },
      /^invalid: .*omit either 10\.0\.0\.1\/24/,
    ],
    ['a gateway by hand as well', client, { gateway: '10.0.0.1' }, /^invalid: /],
  ])('%s', (_, more, asked, reason) => {
    expect(refused(host(more), { ...request, ...asked })).toMatch(reason);
  });

  test('an IPv6 address by hand goes with it', () => {
    expect(planned(host(client), { ...request, addresses: ['2001:db8::1/64'] }).steps.at(-1)?.apply[0]).toBe(
      'start_dhcp',
    );
  });
});
