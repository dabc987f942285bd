import { execa } from 'execa';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { HostControl } from '../../../src/control/hostControl';
import { sshHost } from '../../../src/host/ssh';
import { isRefusal } from '../../../src/model/plan';
import type { Lab } from '../lab';

/** What passes the interface of a container, and whether anything does. */
export function packets(lab: Lab): void {
  describe('packets', () => {
    const by = (alias: string) => createHostControl(sshHost(alias, { configFile: lab.sshConfig }));
    let control: HostControl;
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(1);
      const address = ['--address', '10.99.0.1/24', '--gateway', '10.99.0.254'];
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', ...address);
      // So that the exchanges below are nothing but their pings.
      await lab.sh(`docker exec fw ping -c 1 -W 5 10.99.0.254`);
      control = by('sriov-lab');
      await control.refresh();
    });
    afterAll(async () => {
      await control.dispose();
      await lab.tidy();
    });
    const inFw = (command: string) =>
      lab.sh(`nsenter -t $(docker inspect -f '{{.State.Pid}}' fw) -n ${command}`);
    const capturing = () => lab.sh('pgrep -x tcpdump || :');

    test.each([
      ['as root', 'sriov-lab'],
      ['through sudo', 'sriov-lab-nfv'],
    ])(
      'of an exchange are exactly its packets, over ssh %s',
      async (_, alias) => {
        const own = by(alias);
        onTestFinished(() => own.dispose());
        const [to, stop, pieces] = [new PassThrough(), new AbortController(), [] as Buffer[]];
        to.on('data', (piece: Buffer) => pieces.push(piece));
        const request = { on: 'fw:eth1', filter: 'icmp', as: 'packets' } as const;
        const capture = own.capture(request, { to, stop: stop.signal });
        await vi.waitUntil(() => pieces.length > 0, { timeout: 60_000 });
        await lab.sh('docker exec fw ping -c 5 -s 333 -i 0.2 10.99.0.254');
        stop.abort();
        expect(await capture).toMatchObject({ packets: 10, dropped: 0 });
        // The file's header; of each packet a header, Ethernet, IP and ICMP.
        expect(Buffer.concat(pieces).length).toBe(24 + 10 * (16 + 14 + 20 + 8 + 333));
        expect(await capturing()).toBe('');
      },
      90_000,
    );

    test.each(['icmp; touch /tmp/pwned', '$(touch /tmp/pwned)'])(
      'a filter that wants to be a command, %s, is no filter',
      async (filter) => {
        const problem = await control.filterProblem({ on: 'fw:eth1', filter, as: 'packets' });
        expect(problem).toMatchObject({ code: 'invalid' });
        expect(await lab.sh('ls /tmp/pwned 2>/dev/null; :')).toBe('');
      },
    );

    test('nothing captures them any more soon after the client was killed', async () => {
      const argv = ['dist/cli.js', '--host', lab.alias, '--ssh-config', lab.sshConfig];
      const client = execa(process.execPath, [...argv, 'capture', 'fw:eth1', '-w', '-'], {
        ...{ reject: false, buffer: false, encoding: 'buffer' },
      });
      await new Promise((begun) => client.stdout.once('data', begun));
      expect(await capturing()).not.toBe('');
      client.kill('SIGKILL');
      await expect.poll(capturing, { timeout: 10_000 }).toBe('');
    }, 60_000);

    const verdict = async (gateway?: string) => {
      const result = await control.checkPath({ on: 'fw:eth1', gateway });
      if (isRefusal(result)) throw new Error(result.reason);
      return result.verdict?.id ?? result.findings.map(({ severity }) => severity).join(' ');
    };
    const broken = async (how: string, mended: string, within = lab.sh.bind(lab)) => {
      await within(how);
      onTestFinished(async () => void (await within(mended)));
    };

    test('a path that works passes every check', async () => {
      expect(await verdict()).toMatch(/^(pass ?){7}$/);
    }, 60_000);

    test('a gateway that is none is found', async () => {
      expect(await verdict('10.99.0.77')).toBe('path.neighbour');
    }, 60_000);

    // Links take seconds to come up again: what brings one down comes last.
    test.each([
      [
        'path.link',
        'ip link set eth1 down',
        'ip link set eth1 up; ip route add default via 10.99.0.254',
        true,
      ],
      ['path.vlan', 'ip link set enp1s0 vf 0 vlan 99', 'ip link set enp1s0 vf 0 vlan 0'],
      ['path.address', 'ip addr add 10.99.0.1/32 dev enp2s0', 'ip addr del 10.99.0.1/32 dev enp2s0'],
      [
        'path.mtu',
        'iptables -I INPUT -i enp2s0 -p icmp -m length --length 1400:65535 -j DROP',
        'iptables -D INPUT 1',
      ],
      ['path.neighbour', 'ip link set enp2s0 down', 'ip link set enp2s0 up'],
      ['path.link', 'ip link set enp1s0 down', 'ip link set enp1s0 up'],
    ])(
      '%s is what is wrong first after %s',
      async (id, how, mended, isInside = false) => {
        await broken(how, mended, isInside ? (line) => inFw(`sh -c '${line}'`) : undefined);
        expect(await verdict()).toBe(id);
      },
      60_000,
    );
  });
}
