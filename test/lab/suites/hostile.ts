import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Finding } from '../../../src/model/finding';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { hostileText } from '../../hostileText';
import type { Lab } from '../lab';

const hostile = `$(touch /tmp/pwned);'"`;
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
const quoted = quote(hostile);

/** Text that wants to be a command stays text. */
export function hostileNames(lab: Lab): void {
  describe('hostile text', () => {
    beforeAll(async () => {
      await lab.tidy();
      await lab.makeVfs(2);
      // A label and an image name by the engine, a namespace by ip, an alias with a newline on the PF and on the VF.
      await lab.sh(`rm -f /tmp/pwned
        docker tag sriov-lab:busybox pwned:touch
        docker run -d --name hostile --network none --label pwn=${quoted} --hostname h sriov-lab:busybox >/dev/null
        ip netns add ${quoted.replaceAll('/', '')}
        ip link set enp1s0 alias "$(printf '%s\\nparentdev 0000:01:10.0' ${quoted})"
        ip link set enp1s0v0 alias "$(printf '%s\\nsecond' ${quoted})"`);
    });
    afterAll(() =>
      lab.sh(
        `docker rm -f hostile >/dev/null; ip netns del ${quoted.replaceAll('/', '')}; ip link set enp1s0 alias ''`,
      ),
    );

    test('is listed as it is', async () => {
      const { containers, pfs } = await lab.inventory();
      expect(containers.map(({ name }) => name)).toEqual(
        expect.arrayContaining([hostile.replaceAll('/', ''), 'hostile']),
      );
      expect(pfs[0]!.vfs[0]).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' } });
    });

    test('generated: 300 labels of a container, its interfaces, and namespaces are reported byte for byte', async () => {
      const texts = fc.sample(hostileText, { seed: 7, numRuns: 300 });
      const names = texts.slice(0, 60).map((text) => text.replaceAll('/', ''));
      const fitting = (text: string) =>
        !/[\s:]/.test(text) && Buffer.byteLength(text) < 16 && /^[^.-]/.test(text);
      const interfaces = [...new Set(names.filter(fitting))].slice(0, 15);
      const namespaces = [...new Set(names.filter((name) => /^[^.-]/.test(name)))].slice(0, 20);
      // The kernel and the tools refuse some: what there is then is asked of the guest itself.
      const made = await lab.sh(`docker run -d --name labelled --network none ${texts
        .map((text, index) => `--label ${quote(`l${index}=${text}`)}`)
        .join(' ')} sriov-lab:busybox >/dev/null || exit
        inside="nsenter -t $(docker inspect -f '{{.State.Pid}}' labelled) -n"
        for name in ${interfaces.map(quote).join(' ')}; do $inside ip link add name "$name" type dummy 2>/dev/null; done
        for name in ${namespaces.map(quote).join(' ')}; do ip netns add "$name" 2>/dev/null; done
        $inside sh -c 'cd /proc/sys/net/ipv4/conf && printf "%s\\0" *'
        printf '\\0'
        cd /run/netns && printf '%s\\0' *`);
      try {
        const [inside = '', named = ''] = made.split('\0\0');
        const { containers } = await lab.inventory();
        const labelled = containers.find(({ name }) => name === 'labelled');
        const links = inside.split('\0').filter((name) => !['all', 'default', 'lo'].includes(name));
        expect(links.length).toBeGreaterThan(5);
        expect(labelled?.interfaces.map(({ name }) => name).sort()).toEqual(links.sort());
        const reported = containers.filter(({ engine }) => engine === 'netns').map(({ name }) => name);
        expect(reported.length).toBeGreaterThan(10);
        expect(reported.sort()).toEqual(named.split('\0').filter(Boolean).sort());
      } finally {
        await lab.sh(`docker rm -f labelled >/dev/null; cd /run/netns && for name in ${namespaces.map(quote).join(' ')}; do
          ip netns del "$name" 2>/dev/null; done; :`);
      }
    });

    test('can be attached to and detached from', async () => {
      const namespace = hostile.replaceAll('/', '');
      await lab.ok(
        'attach',
        'enp1s0:0',
        namespace,
        '--engine',
        'netns',
        '--name',
        'a$;\'"`b',
        '--address',
        '10.99.0.9/24',
      );
      expect(await lab.vf(0)).toMatchObject({ name: 'a$;\'"`b', holder: { kind: 'netns', name: namespace } });
      await lab.ok('detach', 'enp1s0:0');
      expect(await lab.vf(0)).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' } });
      await lab.ok('attach', 'enp1s0:0', 'hostile');
      await lab.ok('detach', 'enp1s0:0');
    });

    test('as an argument is text, too', async () => {
      for (const args of [
        ['attach', hostile, hostile],
        ['attach', 'enp1s0:0', hostile],
        ['set-vfs', hostile, '1'],
        ['detach', hostile],
      ])
        expect(await lab.sriov(args)).toMatchObject({ code: 3 });
      expect(await lab.sriov(['attach', 'enp1s0:0', 'fw', '--name', hostile])).toMatchObject({ code: 2 });
    });

    test('an interface in a container that calls itself by our handles does not confuse us', async () => {
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1');
      await lab.sh(`pid=$(docker inspect -f '{{.State.Pid}}' fw)
        nsenter -t $pid -n ip link add dummy9 type dummy
        nsenter -t $pid -n ip link set dummy9 alias '"},{"ifindex":1,"parentdev":"0000:01:10.0"'`);
      await lab.ok('detach', 'enp1s0:0');
      expect(await lab.vf(0)).toMatchObject({ name: 'enp1s0v0', holder: { kind: 'host' } });
      await lab.sh(`nsenter -t $(docker inspect -f '{{.State.Pid}}' fw) -n ip link del dummy9`);
    });

    test('a command that is suggested holds an adapter’s name as one word, and works', async () => {
      const name = "x;>pwned;'#";
      const { pci } = await lab.pf('enp2s0');
      const state = (device: string) => lab.sh(`ip -j link show dev ${quote(device)}`);
      const wasUp = /"UP"/.test(await state('enp2s0'));
      await lab.sh(`ip link set enp2s0 down && ip link set enp2s0 name ${quote(name)}`);
      try {
        const { stdout } = await lab.sriov(['diagnose', '--json']);
        const { findings } = JSON.parse(stdout) as { findings: Finding[] };
        const down = findings.find(({ id, subject }) => id === 'pf-state.down-unused' && subject === pci);
        const commands = down!.fixes.flatMap((fix) => fix.commands);
        expect(commands).toEqual([`ip link set dev ${quote(name)} up`]);
        await lab.sh(commands.join('\n'));
        expect(await state(name)).toContain('"UP"');
      } finally {
        await lab.sh(`ip link set ${quote(name)} down; ip link set ${quote(name)} name enp2s0
          ip link property del dev enp2s0 altname ${quote(name)} 2>/dev/null
          ip link set enp2s0 ${wasUp ? 'up' : 'down'}`);
      }
    });

    test('control sequences are printed as escapes, and reach no terminal', async () => {
      const name = 'e\u001b[2J\u009b31m\u202egnp\nfw';
      await lab.sh(`ip netns add ${quote(name)}`);
      try {
        const { stdout } = await lab.ok('inventory');
        expect(stdout).toContain('e\\x1b[2J\\x9b31m\\u202egnp\\nfw');
        const { stdout: json } = await lab.ok('inventory', '--json');
        const plan = await lab.ok('attach', 'enp1s0:0', name, '--engine', 'netns', '--dry-run');
        const attached = await lab.ok('attach', 'enp1s0:0', name, '--engine', 'netns');
        const { stdout: undone, stderr } = await lab.ok('detach', 'enp1s0:0');
        const { stdout: changes } = await lab.ok('journal');
        for (const text of [
          stdout,
          json,
          plan.stdout,
          attached.stdout,
          attached.stderr,
          undone,
          stderr,
          changes,
        ])
          expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
        const { containers } = JSON.parse(json) as HostSnapshot;
        expect(containers.map((container) => container.name)).toContain(name);
      } finally {
        await lab.sh(`ip netns del ${quote(name)}`);
      }
    });

    test('none of it was run', async () => {
      expect(await lab.sh('ls /tmp/pwned ~/pwned /pwned 2>/dev/null; :')).toBe('');
    });
  });
}
