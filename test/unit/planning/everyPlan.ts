import type { Container, Route } from '../../../src/model/container';
import type { Intent, Kept } from '../../../src/model/lasting/kept';
import type { FixChange } from '../../../src/model/finding';
import { isRefusal, type Plan, type Refusal } from '../../../src/model/plan';
import type { AttachRequest, ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planRestores } from '../../../src/planning/plan';
import { planEndMacvlan } from '../../../src/planning/macvlans/planMacvlan';
import { planRouteBack } from '../../../src/planning/attachments/planRouteBack';
import { appliedFix } from '../../../src/inventory/readConfiguration';
import { able } from './able';
import { afterPlan } from './afterPlan';
import { grubHost } from './configurations';
import { container, host, link, linksOf, onHost, pf, vf } from '../hosts/host';
import { planned } from './planning';

/** Plans of every planner, each with everything that it can have in it; by name. */
export function everyPlan(): [string, Plan][] {
  const all: [string, Plan][] = [];
  /** The host after the plan. */
  const then = (name: string, plan: Plan, now: HostSnapshot): HostSnapshot => {
    all.push([name, plan]);
    return afterPlan(now, plan);
  };
  const ask = (name: string, now: HostSnapshot, request: ChangeRequest): HostSnapshot =>
    then(name, planned(now, request), now);
  const askAndUndo = (name: string, now: HostSnapshot, request: ChangeRequest): HostSnapshot => {
    const after = ask(name, now, request);
    ask(`${name}, undone`, after, { kind: 'undo' });
    return after;
  };

  const attached = askAndUndo('attach', busy, attach);
  askAndUndo('detach', attached, { kind: 'detach', vf: pci });
  askAndUndo(
    'detach what something else attached',
    { ...attached, attachments: [] },
    { kind: 'detach', vf: pci },
  );
  askAndUndo('move', attached, move);
  const configured = askAndUndo('configure inside', attached, { kind: 'configure', vf: pci, ...settings });
  ask('detach what was configured inside', configured, { kind: 'detach', vf: pci });
  askAndUndo('move what was configured inside', configured, move);
  const withDhcp = askAndUndo('attach by DHCP', busy, { ...attach, ...byDhcp });
  askAndUndo('detach by DHCP', withDhcp, { kind: 'detach', vf: pci });
  askAndUndo('move by DHCP', withDhcp, { ...move, ...byDhcp });
  ask(
    'attach a whole adapter',
    { ...busy, pfs: [pf([])] },
    {
      ...attach,
      vf: 'enp1s0',
      mode: 'pf',
      vlan: undefined,
    },
  );

  const macvlan = askAndUndo('macvlan', busy, { ...attach, ...onAdapter, gateway: undefined });
  askAndUndo('detach a macvlan', macvlan, { kind: 'detach', vf: 'enp1s0', container: 'web' });
  const [record] = macvlan.macvlans;
  then('end a macvlan', made(planEndMacvlan(macvlan, record!)), macvlan);
  const back = returned(configured);
  for (const plan of planRestores(back)) then('restore', plan, back);
  const bound = {
    ...back,
    pfs: [pf([vf(0, { driver: null, name: null, holder: { ...onHost, kind: 'none' } })])],
  };
  for (const plan of planRestores(bound)) then('restore what the PF enforces', plan, bound);
  then('give the route back', made(planRouteBack(busy, attached.attachments[0]!.record)), busy);

  askAndUndo('configure', host(), { kind: 'configure', vf: pci, ...settings });
  askAndUndo('no MAC', host({ pfs: [pf([vf(0, { adminMac: settings.mac })])] }), { kind: 'configure', vf: pci, mac: '00:00:00:00:00:00' }); // prettier-ignore
  const left = host({ pfs: [pf([vf(0, { name: 'eth1', altnames: ['enp1s0v0'], up: true, nameByUdev: 'enp1s0v0' })])] }); // prettier-ignore
  askAndUndo('name by udev', left, { kind: 'give-name-back', vf: pci });
  askAndUndo('driver', busy, { kind: 'configure', vf: pci, driver: 'vfio-pci' });
  ask('driver of VFIO', host({ pfs: [pf([vf(0, { driver: 'vfio-pci', name: null, holder: { ...onHost, kind: 'vfio' } })])] }), { kind: 'configure', vf: pci, driver: 'igbvf' }); // prettier-ignore
  const mates = host({ pfs: [pf([vf(0, { groupMates: [{ pci: '0000:00:01.0', driver: 'pcieport' }] })])], hugePages: [{ node: null, kb: 2048, total: 0, free: 0 }] }); // prettier-ignore
  askAndUndo('prepare', mates, { kind: 'prepare', vfs: [pci], hugePages: { kb: 2048, count: 4 }, owner: 'ann:dpdk', trust: true }); // prettier-ignore
  askAndUndo('autoprobe', host(), { kind: 'set-autoprobe', pf: 'enp1s0', on: false });
  askAndUndo('VFs from none', host({ pfs: [pf([], { up: false })] }), {
    kind: 'set-vfs',
    pf: 'enp1s0',
    count: 4,
  });
  askAndUndo('another number of VFs', host(), { kind: 'set-vfs', pf: 'enp1s0', count: 4 });

  const adapters = [
    {
      ...{ nicSelector: { rootDevices: ['0000:01:00.0'] }, numVfs: 4 },
      vfGroups: [
        { vfRange: '0', vlan: 42 },
        { vfRange: '2', deviceType: 'vfio-pci' as const },
      ],
    },
  ];
  const attachments = [
    {
      ...{ container: { name: 'web' }, vf: '0000:01:00.0#0' },
      interface: { name: 'net1', addresses: ['10.0.0.2/24'] },
    },
  ];
  const rebound = [{ nicSelector: {}, vfGroups: [{ vfRange: '0', deviceType: 'netdevice' as const }] }];
  askAndUndo('apply', attached, {
    kind: 'apply',
    declared: { version: 1, onHolders: 'detach', adapters, attachments },
  });
  ask(
    'apply another driver',
    host({ pfs: [pf([vf(0, { driver: 'vfio-pci', name: null, holder: { ...onHost, kind: 'vfio' } })])] }),
    { kind: 'apply', declared: { version: 1, adapters: rebound } },
  );

  const named = host({ host: { ...host().host, linkFiles: true } });
  const keep = planned(named, { ...attach, kind: 'keep', container: 'fw' });
  all.push(['keep', keep], ['attach what is kept', keep.keeps!.attach]);
  all.push(['give back what was kept', keep.keeps!.giveBack]);
  ask('stop keeping', host({ kept: [keptAs(keep.keeps!.intent)] }), { kind: 'stop-keeping' });
  const byCdi = planned(host(), { ...attach, kind: 'keep', container: 'fw', via: 'cdi', able });
  all.push(['keep by CDI', byCdi]);
  ask('stop keeping by CDI', host({ kept: [keptAs(byCdi.keeps!.intent)] }), { kind: 'stop-keeping' });

  const vfs = planned(host(), { kind: 'set-vfs', pf: 'enp1s0', count: 4, lasting: true });
  all.push(['VFs after each boot', vfs], ['make VFs after a boot', vfs.makes!.make]);
  const settled = planned(host(), { kind: 'configure', vf: pci, ...settings, lasting: true });
  all.push(['settings after each boot', settled]);
  for (const { plan } of settled.makes!.settle) all.push(['settle a VF after a boot', plan]);
  const atBoot = { intent: vfs.makes!.intent, result: null, enabled: true };
  ask('change what is made', host({ made: [atBoot] }), {
    kind: 'configure',
    vf: pci,
    ...settings,
    lasting: true,
  });
  ask('make VFs no longer', host({ made: [atBoot] }), { kind: 'stop-keeping' });

  for (const [name, change] of Object.entries(fixes)) {
    const now = host({ pfs: [pf([vf(0, { driver: null, name: null, holder: { ...onHost, kind: 'none' } })], { up: false, driversAutoprobe: false })] }); // prettier-ignore
    const fixed = ask(`fix: ${name}`, now, { kind: 'fix', finding: 'a', title: 'a', change, configuration });
    ask(`fix: ${name}, undone`, fixed, { kind: 'undo' });
    const kept = fixed.lastChange?.plan?.steps[0]?.apply;
    const fix = kept?.[0] === 'keep_fix' ? appliedFix(kept[2]!) : null;
    const files = fixed.lastChange?.plan?.files?.map(({ path, after }) => ({ path, text: after })) ?? [];
    if (fix) ask(`fix: ${name}, undone later`, now, { kind: 'undo-fix', finding: 'a', configuration: { ...configuration, fixes: [fix], files } }); // prettier-ignore
  }
  return all;
}

const pci = '0000:01:10.0';
const keptAs = (intent: Intent): Kept => ({ intent, result: null, watched: true });
const defaultRoute = (family: 4 | 6, gateway: string): Route => ({
  ...{ destination: 'default', family, gateway, device: 'eth0', metric: family === 6 ? 1024 : null },
});
const onBridge = (name: string): Container => ({
  ...container(name, { networkMode: 'bridge' }),
  interfaces: [
    { name: 'eth0', mac: null, addresses: ['172.17.0.2/16'], up: true, mtu: 1500, altnames: [], vf: null },
  ],
  routes: [defaultRoute(4, '172.17.0.1'), defaultRoute(6, '2001:db8::1')],
});
const pfs = [
  pf([vf(0, { up: true, addresses: ['192.0.2.7/24'], altnames: ['other', 'net1'], master: 'br0' }), vf(1)], {
    up: false,
  }),
];
const [adapter, device, ...others] = linksOf(pfs);
const words = ['198.51.100.0/24', 'via', '192.0.2.9', 'dev', 'enp1s0v0'];
const route = { family: 4 as const, destination: words[0]!, gateway: words[2]!, device: 'enp1s0v0', words };
/** Everything is to be done: the PF is down, the VF in use on the host, and both containers have default routes. */
const busy: HostSnapshot = host({
  links: [
    ...[adapter!, { ...device!, routes: [route] }, ...others],
    ...[
      link('br0', { kind: 'bridge' }),
      link('net1'),
      link('enp1s0v0.5', { kind: 'vlan', lower: 'enp1s0v0' }),
    ],
  ],
  host: { ...host().host, dhcpClient: 'busybox udhcpc' },
  pfs,
  containers: [onBridge('web'), onBridge('other-web')],
});
const attach: AttachRequest & { kind: 'attach' } = {
  ...{
    kind: 'attach',
    vf: pci,
    container: 'web',
    name: 'net1',
    vlan: 42,
    mtu: 1400,
    mac: '02:00:00:00:00:77',
  },
  ...{
    addresses: ['10.0.0.2/24', 'fd00::2/64'],
    gateway: '10.0.0.1',
    routes: [{ destination: '10.9.0.0/16' }],
  },
};
const move: ChangeRequest = { ...attach, container: 'other-web', move: true };
const byDhcp = { dhcp: true, addresses: ['fd00::2/64'], gateway: undefined };
const onAdapter: Partial<AttachRequest> = {
  vf: 'enp1s0',
  mode: 'macvlan',
  vlan: undefined,
  dhcp: true,
  addresses: ['fd00::2/64'],
};
const settings = {
  ...{
    vlan: { id: 43, qos: 3, proto: '802.1Q' as const },
    trust: true,
    spoofchk: false,
    linkState: 'enable' as const,
  },
  ...{ minTxRate: 10, maxTxRate: 100, mtu: 1300, mac: '02:00:00:00:00:42' },
};
const configuration = grubHost({
  tools: ['update-grub', 'nmcli'],
  files: [...grubHost().files, { path: '/etc/modprobe.d/a.conf', text: 'blacklist igbvf\n' }],
});
const fixes: Record<string, FixChange> = {
  arguments: { kind: 'kernel-args', add: ['intel_iommu=on'], remove: ['intel_iommu=off'] },
  blacklist: { kind: 'unblacklist', module: 'igbvf' },
  module: { kind: 'load-module', module: 'vfio-pci' },
  up: { kind: 'pf-up', pf: 'enp1s0' },
  drivers: { kind: 'vf-driver', pf: 'enp1s0', driver: 'igbvf' },
  unmanaged: { kind: 'unmanaged', vfDriver: 'igbvf' },
};

function made(plan: Plan | Refusal): Plan {
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
}

/** The host after the container of VF 0 stopped and started again. */
function returned(now: HostSnapshot): HostSnapshot {
  const [held] = now.pfs[0]!.vfs;
  return {
    ...now,
    containers: [],
    pfs: [
      pf([
        { ...held!, name: 'net1', altnames: ['enp1s0v0'], addresses: [], up: true, holder: onHost },
        vf(1),
      ]),
    ],
    attachments: now.attachments.map((one) => ({ ...one, status: 'returned-not-restored' })),
  };
}
