import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/model/container';
import { run } from '../../../src/ui/commands/run';
import { targets } from '../../../src/ui/commands/inside/ping';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment, hostWithMacvlan } from '../hosts/situations';
import { fakeWorkbench } from './fakeWorkbench';

const namespace = (name: string) =>
  container(name, { engine: 'netns', id: name, pid: null, networkMode: null });
const several = () =>
  bareHost({
    containers: [
      container('fw'),
      container('hostnet', { networkMode: 'host' }),
      container('off', { state: 'exited', pid: null, netnsInode: null }),
      container('pod', { engine: 'containerd', id: 'k8s.io/pod' }),
      container('mine', { engine: 'podman', rootlessOf: 'alice' }),
      namespace('blue'),
    ],
  });

describe('a shell in a network namespace', () => {
  test('is of the namespace that was seen, by its inode and its container', async () => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.openShell', { container: 'fw' });
    const fw = container('fw');
    expect(bench.control.terminals).toMatchObject([
      {
        kind: 'namespace',
        namespace: {
          path: '/proc/100/ns/net',
          inode: fw.netnsInode,
          owner: { containerId: fw.id, pid: 100 },
        },
      },
    ]);
    expect(bench.terminals).toEqual([
      { name: 'fw: network', icon: 'terminal', argv: ['sh', '-c', 'namespace'] },
    ]);
  });

  test.each(['pod', 'mine', 'blue'])('opens in %s, too', async (name) => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.openShell', { container: name });
    expect(bench.terminals).toHaveLength(1);
  });

  test('opens without root having seen it, by its process', async () => {
    const bench = await fakeWorkbench(bareHost({ containers: [container('fw', { netnsInode: null })] }));
    await run(bench, 'sriov.container.openShell', { container: 'fw' });
    expect(bench.control.terminals).toMatchObject([{ namespace: { inode: null, owner: { pid: 100 } } }]);
  });

  test('opens where an attached VF is, called on the VF', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    await run(bench, 'sriov.container.openShell', { vf: '0000:01:10.0' });
    expect(bench.terminals.map(({ name }) => name)).toEqual(['fw: network']);
    await run(bench, 'sriov.container.openShell', { vf: '0000:01:10.2' });
    expect(bench.dialogs.shown).toEqual(['VF 1 of enp1s0 is not in a container.']);
  });

  test('opens where a namespace without a name holds the VF', async () => {
    const holder = { kind: 'netns' as const, containerId: null, netnsInode: 77, name: null };
    const away = vf(0, { holder });
    const namespaces = [{ inode: 77, path: '/proc/9/fd/3' }];
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([away])], namespaces }));
    await run(bench, 'sriov.container.openShell', { vf: away.pci });
    expect(bench.control.terminals).toMatchObject([
      { namespace: { inode: 77, path: '/proc/9/fd/3', owner: null } },
    ]);
  });

  test('from the palette asks which one; each that has none says why', async () => {
    const bench = await fakeWorkbench(several());
    bench.dialogs.answers = ['blue'];
    await run(bench, 'sriov.container.openShell');
    const [question] = bench.dialogs.questions;
    const barred = question && 'choices' in question ? question.choices : [];
    expect(
      barred.flatMap((one) =>
        typeof one === 'string' || !one.unavailable ? [] : [[one.label, one.unavailable]],
      ),
    ).toEqual([
      ['hostnet', 'hostnet uses the host’s own network: every terminal of the host is in it.'],
      ['off', 'off is not running, so it has no network namespace to enter.'],
    ]);
    expect(bench.terminals).toHaveLength(1);
  });

  test('is no text of a container that the terminal would act on', async () => {
    const bench = await fakeWorkbench(bareHost({ containers: [container('fw\u001b]0;x\u0007')] }));
    await run(bench, 'sriov.container.openShell', { container: 'fw\u001b]0;x\u0007' });
    expect(JSON.stringify(Object.values(bench.control.terminals[0]!.says))).not.toMatch(/\\u00/);
  });

  test('is refused in a folder that isn’t trusted', async () => {
    const bench = await fakeWorkbench(several());
    bench.trusted = false;
    await run(bench, 'sriov.container.openShell', { container: 'fw' });
    expect(bench.terminals).toEqual([]);
    expect(bench.dialogs.shown).toEqual(['Terminals of hosts are disabled in untrusted folders.']);
  });
});

describe('a terminal in a container', () => {
  test('is of the container by its full id, and of its user where it is rootless', async () => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.openTerminal', { container: 'fw' });
    await run(bench, 'sriov.container.openTerminal', { container: 'mine' });
    expect(bench.control.terminals).toMatchObject([
      { kind: 'container', engine: 'docker', id: container('fw').id },
      { kind: 'container', engine: 'podman', user: 'alice' },
    ]);
  });

  test.each([
    ['pod', 'containerd has no command that runs a shell in pod'],
    ['blue', 'blue is a network namespace, not a container'],
    ['off', 'off is not running (exited)'],
  ])('says why not in %s', async (name, reason) => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.openTerminal', { container: name });
    expect(bench.terminals).toEqual([]);
    expect(bench.dialogs.shown[0]).toContain(reason);
  });
});

describe('a ping', () => {
  /** fw as eth1 on VF 0, with neighbours on the same VLAN and on another one. */
  function neighbours() {
    const vlan = (id: number) => ({ vlan: { id, qos: 0, proto: '802.1Q' as const } });
    const inside = (name: string, index: number, address: string, more: Partial<Container> = {}) => {
      const one = container(name, more);
      const nic = { name: 'eth1', mac: null, up: true, mtu: null, altnames: [], vf: vf(index).pci };
      return { ...one, interfaces: [...one.interfaces, { ...nic, addresses: [address] }] };
    };
    const gateway = {
      destination: 'default',
      family: 4 as const,
      gateway: '192.0.2.1',
      device: 'eth1',
      metric: null,
    };
    return bareHost({
      pfs: [pf([vf(0, vlan(42)), vf(1, vlan(42)), vf(2, vlan(7))])],
      containers: [
        inside('fw', 0, '192.0.2.10/24', { routes: [gateway] }),
        inside('router', 1, '192.0.2.20/24'),
        inside('far', 1, '198.51.100.3/24'),
        inside('apart', 2, '192.0.2.30/24'),
      ],
    });
  }

  test('proposes the gateway, then who is on the same VLAN and network', () => {
    const snapshot = neighbours();
    expect(
      targets(snapshot, snapshot.containers[0]!, 'eth1').map(({ value, description }) => [
        value,
        description,
      ]),
    ).toEqual([
      ['192.0.2.1', 'gateway of default'],
      ['192.0.2.20', 'router:eth1'],
    ]);
  });

  test('is of the interface that was meant, four times, to who was picked or typed', async () => {
    const bench = await fakeWorkbench(neighbours());
    for (const answer of ['192.0.2.1', '2001:db8::1', 'gw.example']) {
      bench.dialogs.answers = [answer];
      await run(bench, 'sriov.container.ping', { container: 'fw' });
      expect(bench.control.terminals.at(-1)).toMatchObject({
        run: ['ping', '-c', '4', '-I', 'eth1', answer],
      });
    }
    expect(bench.terminals.map(({ name }) => name)).toContain('fw: ping');
  });

  test('takes nothing for a target that ping takes for an option', async () => {
    const bench = await fakeWorkbench(neighbours());
    bench.dialogs.answers = [
      (question: unknown) => {
        const { typed } = question as { typed: (text: string) => { unavailable?: string } };
        expect(typed('-f').unavailable).toContain('“-f” is neither an address');
        expect(typed('$(id)').unavailable).toBeDefined();
        return undefined;
      },
    ];
    await run(bench, 'sriov.container.ping', { container: 'fw' });
    expect(bench.terminals).toEqual([]);
  });

  test('is of the macvlan that it was called on', async () => {
    const snapshot = hostWithMacvlan('fw');
    const bench = await fakeWorkbench(snapshot);
    const [macvlan] = snapshot.macvlans;
    bench.selection = [{ kind: 'macvlan', on: macvlan!.on, container: macvlan!.container.id }];
    bench.dialogs.answers = ['192.0.2.9'];
    await run(bench, 'sriov.container.ping');
    expect(bench.control.terminals).toMatchObject([
      { run: ['ping', '-c', '4', '-I', macvlan!.inside, '192.0.2.9'] },
    ]);
  });

  test('of a container that has no interface says so', async () => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.ping', { container: 'fw' });
    expect(bench.dialogs.shown).toEqual(['fw has no interface to ping from.']);
  });
});

describe('a line to copy', () => {
  test.each([
    ['copyEnterCommand', 'fw', 'sudo nsenter --net=/proc/100/ns/net'],
    ['copyEnterCommand', 'blue', 'sudo ip netns exec blue sh'],
    ['copyInspectCommand', 'fw', `docker inspect ${container('fw').id}`],
  ] as const)('%s of %s', async (command, name, line) => {
    const bench = await fakeWorkbench(several());
    await run(bench, `sriov.container.${command}`, { container: name });
    expect(bench.copied).toEqual([line]);
  });

  test('tells why there is none', async () => {
    const bench = await fakeWorkbench(several());
    await run(bench, 'sriov.container.copyInspectCommand', { container: 'blue' });
    await run(bench, 'sriov.container.copyEnterCommand', { container: 'off' });
    expect(bench.dialogs.shown).toEqual([
      'No container engine has a command that describes blue.',
      'off is not running, so it has no network namespace to enter.',
    ]);
  });
});
