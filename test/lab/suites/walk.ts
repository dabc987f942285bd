import { beforeAll, describe, expect, test } from 'vitest';
import type { HostSnapshot } from '../../../src/model/snapshot';
import type { VirtualFunction } from '../../../src/model/functions';
import type { Lab } from '../lab';
import { itsTurn } from '../random';

/** The walk of the blog post: see the cards, make two VFs, give them to two containers, talk, take them back. */
export function walk(lab: Lab): void {
  describe(`the main job (${lab.transport})`, () => {
    // On itself the guest takes ten times as long for what is the same.
    const outside = lab.by('ssh');
    let before: HostSnapshot;
    let vfs: VirtualFunction[];
    beforeAll(() => lab.tidy());

    test('lists the cards with their slot and how many VFs they can have', async () => {
      before = await lab.inventory();
      expect(
        before.pfs.map(({ pci, name, driver, totalVfs, numVfs, vendorId }) => ({
          pci,
          name,
          driver,
          totalVfs,
          numVfs,
          vendorId,
        })),
      ).toEqual(
        ['enp1s0', 'enp2s0'].map((name, index) => ({
          ...{
            pci: `0000:0${index + 1}:00.0`,
            name,
            driver: 'igb',
            totalVfs: 7,
            numVfs: 0,
            vendorId: '0x8086',
          },
        })),
      );
      const running = before.containers
        .filter((container) => container.state === 'running')
        .map(({ name }) => name);
      expect(running).toEqual(
        expect.arrayContaining(['fw', 'router', 'web', 'hostnet', 'pod-a', 'pod-b', 'lab-ns']),
      );
      expect(before.problems).toEqual([]);
    });

    test('makes two VFs, bringing the PF up first', async () => {
      const { stderr } = await lab.ok('set-vfs', 'enp1s0', '2');
      expect(stderr).toContain('Bring enp1s0 up');
      const pf = await lab.pf();
      expect(pf).toMatchObject({ numVfs: 2, up: true });
      vfs = pf.vfs;
      expect(vfs.map(({ name, driver, holder }) => [name, driver, holder.kind])).toEqual([
        ['enp1s0v0', 'igbvf', 'host'],
        ['enp1s0v1', 'igbvf', 'host'],
      ]);
    });

    test('gives each of two containers one, as eth1 with an address; the host has them no longer', async () => {
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--address', '10.99.0.1/24');
      await lab.ok('attach', vfs[1]!.pci, 'router', '--name', 'eth1', '--address', '10.99.0.2/24');
      const now = await outside.inventory();
      for (const [index, name] of ['fw', 'router'].entries()) {
        const container = now.containers.find((other) => other.name === name)!;
        expect(container.interfaces).toMatchObject([
          { name: 'eth1', mac: vfs[index]!.mac, addresses: [`10.99.0.${index + 1}/24`], vf: vfs[index]!.pci },
        ]);
        expect(now.pfs[0]!.vfs[index]!.holder).toEqual({
          ...{ kind: 'container', containerId: container.id, netnsInode: container.netnsInode, name },
        });
      }
      expect(now.attachments.map(({ status }) => status)).toEqual(['live', 'live']);
      expect(await lab.sh('ls /sys/class/net')).not.toMatch(/enp1s0v/);
      const inside = await lab.sh('docker exec fw cat /sys/class/net/eth1/address');
      expect(inside.trim()).toBe(vfs[0]!.mac);
    });

    test('they reach each other and the machine on the second card', async () => {
      for (const target of ['10.99.0.2', '10.99.0.254'])
        expect(await lab.sh(`docker exec fw ping -c 3 -W 5 ${target}`)).toContain(' 0% packet loss');
      expect(await lab.sh('docker exec router ping -c 3 -W 5 10.99.0.1')).toContain(' 0% packet loss');
    });

    test('detaching brings back name, MAC and down state exactly', async () => {
      await lab.ok('detach', 'enp1s0:0');
      await lab.ok('detach', vfs[1]!.pci);
      const now = await outside.inventory();
      expect(now.pfs[0]!.vfs.map(({ adminMac: _, ...vf }) => vf)).toEqual(
        vfs.map(({ adminMac: _, ...vf }) => vf),
      );
      expect(now.attachments).toEqual([]);
      expect(now.containers).toEqual(before.containers);
      expect(
        (await lab.sh('ls /var/lib/sriov-workbench/attachments /var/lib/sriov-workbench/changes'))
          .split('\n')
          .filter((line) => /^\d/.test(line)),
      ).toEqual([]);
    });

    test('the journal has all of it', async () => {
      const journal = JSON.parse((await lab.ok('journal', '--json')).stdout) as {
        kind: string;
        outcome: string;
      }[];
      expect(journal.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
        ...['set-vfs done', 'attach done', 'attach done', 'detach done', 'detach done'],
      ]);
    });
  });
}

/** What happens when a container stops with its VF inside. */
export function returning(lab: Lab): void {
  if (!itsTurn(['default', 'debian12']).includes(lab.variant)) return;
  describe(`containers that stop (${lab.transport})`, () => {
    beforeAll(async () => {
      await lab.tidy();
      await lab.ok('set-vfs', 'enp1s0', '2');
    });

    test('without --name the VF comes back under its own name', async () => {
      const vf = await lab.vf(0);
      await lab.ok('attach', 'enp1s0:0', 'fw', '--address', '10.99.0.1/24');
      expect((await lab.vf(0)).name).toBe('enp1s0v0');
      await stop(lab, 'fw', vf.pci);
      const now = await lab.inventory();
      expect(now.pfs[0]?.vfs[0]).toMatchObject({
        name: 'enp1s0v0',
        up: false,
        mac: vf.mac,
        holder: { kind: 'host' },
      });
      expect(now.attachments).toEqual([]);
      await lab.ok('recover');
      expect((await lab.inventory()).staleRecords).toEqual([]);
    });

    test('with --name it comes back as eth1, which inventory says and recover puts right', async () => {
      const vf = await lab.vf(0);
      await lab.ok(
        'attach',
        'enp1s0:0',
        'fw',
        '--name',
        'eth1',
        '--mac',
        '02:00:00:00:00:99',
        '--mtu',
        '1400',
        '--vlan',
        '42',
      );
      expect(await lab.vf(0)).toMatchObject({
        name: 'eth1',
        mac: '02:00:00:00:00:99',
        mtu: 1400,
        vlan: { id: 42 },
      });
      await stop(lab, 'fw', vf.pci);
      const returned = await lab.inventory();
      expect(returned.pfs[0]?.vfs[0]?.name).toBe('eth1');
      expect(returned.attachments).toMatchObject([
        { vf: vf.pci, status: 'returned-not-restored', containerName: 'fw' },
      ]);
      await lab.ok('recover');
      const restored = await lab.inventory();
      expect(restored.pfs[0]?.vfs[0]).toMatchObject({
        name: 'enp1s0v0',
        mac: vf.mac,
        mtu: vf.mtu,
        vlan: vf.vlan,
        up: false,
      });
      expect(restored.attachments).toEqual([]);
    });

    test('one that others had attached says what udev would call it, and recover renames it when asked to', async () => {
      const { pci, mac } = await lab.vf(0);
      await lab.sh(`ip link set enp1s0v0 netns "$(docker inspect -f '{{.State.Pid}}' fw)" name eth1`);
      await stop(lab, 'fw', pci);
      expect(await lab.vf(0)).toMatchObject({ name: 'eth1', nameByUdev: 'enp1s0v0' });
      expect((await lab.ok('recover')).stdout).toContain('Nothing was changed.');
      expect((await lab.vf(0)).name).toBe('eth1');
      await lab.ok('recover', '--yes');
      const renamed = await lab.vf(0);
      expect(renamed).toMatchObject({ name: 'enp1s0v0', mac, up: false, altnames: [] });
      expect(renamed).not.toHaveProperty('nameByUdev');
      await lab.ok('undo', '--yes');
      expect(await lab.vf(0)).toMatchObject({ name: 'eth1', altnames: ['enp1s0v0'] });
      await lab.ok('recover', '--yes');
    });

    test('the next change puts it right, too', async () => {
      await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1');
      await stop(lab, 'fw', (await lab.vf(0)).pci);
      await lab.ok('attach', 'enp1s0:1', 'router', '--name', 'eth1');
      expect((await lab.pf()).vfs).toMatchObject([
        { name: 'enp1s0v0', holder: { kind: 'host' } },
        { name: 'eth1', holder: { kind: 'container', name: 'router' } },
      ]);
      await lab.ok('detach', 'enp1s0:1');
    });
  });
}

/** Stops a container and waits until its VF is on the host again: the kernel brings it back when it gets to it. */
async function stop(lab: Lab, container: string, vf: string): Promise<void> {
  await lab.sh(`docker stop -t 1 ${container} >/dev/null
    for i in $(seq 50); do [ -n "$(ls /sys/bus/pci/devices/${vf}/net 2>/dev/null)" ] && break; sleep 0.1; done
    udevadm settle; docker start ${container} >/dev/null`);
}
