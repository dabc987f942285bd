import { expect, test } from 'vitest';
import type { Route } from '../../../src/model/container';
import { isRefusal } from '../../../src/model/plan';
import type { AttachRequest } from '../../../src/model/request';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { container, host, onHost, pf, vf } from '../hosts/host';

const attach = (more: Partial<AttachRequest>, snapshot = host()) =>
  planAttach(snapshot, { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1', ...more });
const routes = (more: Partial<AttachRequest>): string[] => {
  const plan = attach(more);
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan.steps.flatMap(({ apply }) =>
    apply[2] === '-4' || apply[2] === '-6' ? [apply.slice(5).join(' ')] : [],
  );
};
const refused = (more: Partial<AttachRequest>): string => {
  const plan = attach(more);
  return isRefusal(plan) ? plan.reason : '';
};

test('a gateway off the link of a host address: the way to it first', () => {
  expect(routes({ addresses: ['203.0.113.7/32'], gateway: '198.51.100.1' })).toEqual([
    '198.51.100.1 dev eth1',
    'default via 198.51.100.1 dev eth1',
  ]);
  expect(routes({ addresses: ['2001:db8::7/128'], gateway: 'fe80::1' })).toEqual([
    'default via fe80::1 dev eth1',
  ]);
});

test('a gateway off the link of a network takes a route to it', () => {
  const off = { addresses: ['10.0.0.2/24'], gateway: '10.9.0.1' };
  expect(refused(off)).toContain('a route to 10.9.0.1/32');
  expect(routes({ ...off, routes: [{ destination: '10.9.0.1/32' }] })).toEqual([
    '10.9.0.1/32 dev eth1',
    'default via 10.9.0.1 dev eth1',
  ]);
});

test('further routes, by a gateway or on the link, in the order that works', () => {
  expect(
    routes({
      addresses: ['10.0.0.2/24', 'fd00::2/64'],
      routes: [
        { destination: '192.0.2.0/24', gateway: '10.0.0.1' },
        { destination: '198.51.100.0/24' },
        { destination: '2001:db8::/32', gateway: 'fd00::1' },
      ],
    }),
  ).toEqual([
    '198.51.100.0/24 dev eth1',
    '192.0.2.0/24 via 10.0.0.1 dev eth1',
    '2001:db8::/32 via fd00::1 dev eth1',
  ]);
  expect(refused({ routes: [{ destination: '192.0.2.1/24' }] })).toContain('not a network');
  expect(refused({ routes: [{ destination: '192.0.2.0/24', gateway: '10.0.0.1' }] })).toContain('no address');
});

test('a route that the container has stays', () => {
  const route = {
    destination: '192.0.2.0/24',
    family: 4 as const,
    gateway: null,
    device: 'eth0',
    metric: null,
  };
  const plan = attach(
    { routes: [{ destination: '192.0.2.0/24' }] },
    host({ containers: [container('fw', { routes: [route] })] }),
  );
  expect(plan).toMatchObject({ code: 'name-taken', reason: expect.stringContaining('eth0') as string });
});

test.each<[string, Pick<Route, 'family' | 'gateway' | 'metric'>, string]>([
  ['IPv4 on the link', { family: 4, gateway: null, metric: null }, '-4 route replace default dev eth0'],
  [
    'IPv4 by an IPv6 gateway',
    { family: 4, gateway: 'fe80::1', metric: null },
    '-4 route replace default via inet6 fe80::1 dev eth0',
  ],
  [
    'IPv6 with the metric that the kernel gives it',
    { family: 6, gateway: '2001:db8::1', metric: 1024 },
    '-6 route replace default via 2001:db8::1 dev eth0 metric 1024',
  ],
])('a default route that the gateway takes the place of is put back: %s', (_, own, back) => {
  const eth0: Route = { ...own, destination: 'default', device: 'eth0' };
  const [address, gateway] = own.family === 4 ? ['10.0.0.2/24', '10.0.0.1'] : ['fd00::2/64', 'fd00::1'];
  const plan = attach(
    { addresses: [address], gateway },
    host({ containers: [container('fw', { routes: [eth0] })] }),
  );
  if (isRefusal(plan)) throw new Error(plan.reason);
  expect(JSON.parse(plan.steps[0]!.apply[2]!)).toMatchObject({ before: { defaultRoute: eth0 } });
  expect(plan.steps.at(-1)?.undo).toEqual(['unless_gone', 'eth0', 'ip', ...back.split(' ')]);
});

test('the second attachment of an adapter says where the traffic goes', () => {
  const holder = { ...onHost, kind: 'container' as const, containerId: 'x', netnsInode: 7, name: 'router' };
  const plan = attach({}, host({ pfs: [pf([vf(0), vf(1, { holder })])] }));
  expect(plan).toMatchObject({
    notes: expect.arrayContaining([expect.stringContaining('PCIe bus')]) as unknown,
  });
});
