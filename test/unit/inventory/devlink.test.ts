import { expect, test } from 'vitest';
import { lookAt, narrowLook, readSnapshot } from '../../../src/inventory/readSnapshot';
import { asPort, eswitchModes, switchPorts } from '../../../src/inventory/eswitch/devlink';
import { recordedHost } from '../../hosts/index.mjs';
import { recordingHost } from '../recorded/recording';

const pf = '0000:03:00.0';
const said = (port: object) => switchPorts(`${JSON.stringify({ port: { [`pci/${pf}/2`]: port } })}\n`);
const ofVf = { type: 'eth', netdev: 'eth0', flavour: 'pcivf', pfnum: 0, vfnum: 3 };

test('a port is called as the kernel calls it, and is that of a VF of this host where it is one', () => {
  const nobody = { pf, netdev: 'eth0', mac: null, vf: null };
  expect(said(ofVf)).toEqual([{ ...nobody, name: 'pf0vf3', vf: 3 }]);
  expect(said({ ...ofVf, controller: 0, external: false })).toEqual([{ ...nobody, name: 'pf0vf3', vf: 3 }]);
  // Of the host that a DPU serves.
  expect(said({ ...ofVf, controller: 1, external: true })).toEqual([{ ...nobody, name: 'c1pf0vf3' }]);
  expect(said({ ...ofVf, external: true })).toEqual([{ ...nobody, name: 'c1pf0vf3' }]);
  expect(said({ ...ofVf, flavour: 'pcipf', vfnum: undefined })).toEqual([{ ...nobody, name: 'pf0' }]);
  expect(said({ ...ofVf, flavour: 'pcisf', vfnum: undefined, sfnum: 88 })).toEqual([
    { ...nobody, name: 'pf0sf88' },
  ]);
});

test('the MAC of the function is told where it is one', () => {
  const macs = (hw_addr: unknown) => said({ ...ofVf, function: { hw_addr } }).map(({ mac }) => mac);
  expect(macs('02:00:5e:00:03:13')).toEqual(['02:00:5e:00:03:13']);
  expect(macs('00:11:22:33:44:55:66:77')).toEqual([null]);
  expect(macs(7)).toEqual([null]);
  expect(macs(undefined)).toEqual([null]);
});

test('an uplink, a port of another bus and what is damaged are none', () => {
  expect(said({ type: 'eth', netdev: 'p0', flavour: 'physical', port: 0 })).toEqual([]);
  expect(
    switchPorts('{"port":{"netdevsim/netdevsim10/128":{"flavour":"pcivf","pfnum":0,"vfnum":0}}}'),
  ).toEqual([]);
  expect(switchPorts('{"port":')).toEqual([]);
  expect(switchPorts('')).toEqual([]);
  expect(eswitchModes('{"dev":{"pci/0000:03:00.0":{"mode":"switchdev"}}}\n\n{}')).toEqual(
    new Map([[pf, 'switchdev']]),
  );
});

test('a device without the name of its port and its PF has them of devlink', () => {
  const ports = said(ofVf);
  expect(asPort({ ifname: 'eth0' }, ports)).toEqual({
    ifname: 'eth0',
    phys_port_name: 'pf0vf3',
    parentdev: pf,
  });
  expect(asPort({ ifname: 'eth1' }, ports)).toEqual({ ifname: 'eth1' });
});

/** As the host is where `ip` tells neither the names of ports nor the PFs of representors, nor lists VFs. */
const lessTold = async () => {
  const recording = await recordedHost('e810-switchdev');
  const devices = recording.devices.map((device) => {
    const isRepresentor = device.ifname.includes('vf');
    return {
      ...device,
      ...{ vfinfo_list: undefined, phys_port_name: undefined, phys_switch_id: undefined },
      ...(isRepresentor ? { parentbus: undefined, parentdev: undefined } : {}),
    };
  });
  return { ...recording, devices };
};

test('devlink tells whose representor a device is, and the MACs of VFs that the kernel does not list', async () => {
  const { pfs, problems, links } = await readSnapshot(recordingHost(await lessTold()));
  expect(pfs[0]!.vfs.map(({ representor, adminMac, vlan }) => [representor, adminMac, vlan])).toEqual(
    [0, 1, 2, 3].map((index) => [`enp8s0f0npf0vf${index}`, `02:00:5e:00:08:1${index}`, null]),
  );
  expect(links.filter(({ represents }) => represents)).toHaveLength(4);
  expect(problems).toMatchObject([{ what: 'settings of the VFs of enp8s0f0np0' }]);
});

test('without devlink, neither is known', async () => {
  const { pfs } = await readSnapshot(recordingHost({ ...(await lessTold()), ports: {} }));
  expect(pfs[0]!.vfs.map(({ representor, adminMac }) => [representor, adminMac])).toEqual(
    [0, 1, 2, 3].map(() => [undefined, null]),
  );
});

test('a look at one adapter asks for the ports again where there is a switch: new VFs have new ones', async () => {
  const asksOf = async (name: string, pci: string) => {
    const before = await lookAt(recordingHost(await recordedHost(name)));
    return /^ports$/m.test(narrowLook(before, { locks: [{ pci }] }).program);
  };
  expect(await asksOf('e810-switchdev', '0000:08:00.1')).toBe(true);
  expect(await asksOf('e810', '0000:70:00.1')).toBe(false);
  const before = await lookAt(recordingHost(await recordedHost('e810-switchdev')));
  const { onto } = narrowLook(before, { locks: [{ pci: '0000:08:00.0' }] });
  const devices = before.sections.filter(({ name }) => name === 'host-devices');
  const renamed = JSON.stringify({ port: { 'pci/0000:08:00.0/9': { ...ofVf, netdev: 'enp8s0f0npf0vf0' } } });
  const { snapshot } = onto([...devices, { name: 'ports', body: `${renamed}\n` }, { name: 'end', body: '' }]);
  const represented = snapshot.links.find(({ name }) => name === 'enp8s0f0npf0vf0')?.represents;
  expect(represented).toEqual({ pf: '0000:08:00.0', port: 'pf0vf3', vf: 3 });
});
