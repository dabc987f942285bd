import { describe, expect, test } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { writeDeclared } from '../../../../src/declared/writeDeclared';
import type { Declared } from '../../../../src/model/declared/declared';
import type { ChangeRequest } from '../../../../src/model/request';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { adopted } from '../../../../src/planning/declared/adopted';
import { planDeclared } from '../../../../src/planning/declared/planDeclared';
import { container, host, pf, vf } from '../../hosts/host';
import { changed } from './simulated';

const containers = [
  container('fw'),
  container('router'),
  container('blue', { engine: 'netns', id: 'blue', pid: null, image: null, networkMode: null }),
];
const start = host({ containers, pfs: [pf([0, 1, 2, 3].map((index) => vf(index)))] });
const after = (...requests: ChangeRequest[]): HostSnapshot => requests.reduce(changed, start);
const attach = (index: number, name: string, more = {}): ChangeRequest => ({
  ...{ kind: 'attach', vf: `enp1s0:${index}`, container: name, name: `eth${index}`, ...more },
});

function written(now: HostSnapshot): { text: string; declared: Declared } {
  const { declared, remarks } = adopted(now);
  const text = writeDeclared(declared, remarks);
  const read = readDeclared(text);
  if ('problems' in read) throw new Error(`${JSON.stringify(read.problems)}\n${text}`);
  return { text, declared: read.declared };
}

const states: [string, HostSnapshot][] = [
  ['no VFs', host({ containers, pfs: [pf([])] })],
  ['VFs that nobody uses', start],
  ['a container and a namespace', after(attach(0, 'fw', { addresses: ['10.0.0.1/24', 'fd00::1/64'], gateway: '10.0.0.254' }), attach(2, 'blue'))], // prettier-ignore
  ['a MAC and an MTU of its own', after(attach(0, 'fw', { mac: '02:00:00:00:00:77', mtu: 1400 }))],
  ['VLANs and other settings', after({ kind: 'configure', vf: 'enp1s0:1', vlan: { id: 42, qos: 3, proto: '802.1Q' }, trust: true, maxTxRate: 500 })], // prettier-ignore
  ['for programs', after({ kind: 'configure', vf: 'enp1s0:3', driver: 'vfio-pci' })],
  ['one that lasts', after({ ...(attach(1, 'fw') as ChangeRequest & { kind: 'attach' }), kind: 'keep' })],
  ['one that will be there', after({ ...(attach(1, 'shop/web') as ChangeRequest & { kind: 'attach' }), kind: 'keep' })], // prettier-ignore
  ['a whole adapter', changed(host({ containers, pfs: [pf([])] }), { kind: 'attach', vf: 'enp1s0', container: 'fw', mode: 'pf' })], // prettier-ignore
];

describe('a host as a file', () => {
  test.each(states)('%s: nothing differs from it', (_, now) => {
    expect(planDeclared(now, written(now).declared)).toMatchObject({
      differences: [],
      parts: [],
      blocks: [],
    });
  });

  test('VFs alike are one group, and what is to be known is said above', () => {
    const { text } = written(after(attach(0, 'fw', { addresses: ['10.0.0.1/24'] })));
    expect(text)
      .toBe(`# What this host should be. "sriov plan FILE" shows what differs, "sriov apply FILE" changes it.
# Anything not listed here is not managed, and never reset; an empty list means none.
version: 1
host: "lab"
adapters:
  # enp1s0, 82576 Gigabit Network Connection
  - nicSelector: {rootDevices: ["0000:01:00.0"]}
    numVfs: 4
    vfGroups:
      - {vfRange: "0-3", deviceType: "netdevice", mtu: 1500, vlan: 0, spoofChk: "on", trust: "off", maxTxRate: 0}
attachments:
  - container: {engine: "docker", name: "fw"}
    vf: "0000:01:00.0#0"
    interface: {name: "eth0", addresses: ["10.0.0.1/24"]}
`);
  });

  test('what can not be declared is said, whatever it is called', () => {
    const now = changed(start, {
      kind: 'attach',
      vf: 'enp1s0',
      container: 'fw',
      mode: 'macvlan',
      name: 'mv0',
    });
    const dockers = { ...container('x').interfaces[0]!, name: 'eth0', mac: '02:42:ac:11:00:02', standsOn: 2 };
    const containersNow = now.containers.map((one, at) =>
      at === 1 ? { ...one, interfaces: [...one.interfaces, dockers] } : one,
    );
    const guid = { nodeGuid: '00:11:22:33:44:55:66:77', portGuid: '00:00:00:00:00:00:00:00' };
    const [card] = now.pfs;
    const vfs = card!.vfs.map((one, at) =>
      at === 1
        ? { ...one, ...guid }
        : at === 2
          ? { ...one, adminMac: '02:00:00:00:00:99' }
          : at === 3
            ? { ...one, driver: 'igb_uio', holder: { ...one.holder, kind: 'vfio' as const } }
            : one,
    );
    const { text } = written({ ...now, containers: containersNow, pfs: [{ ...card!, vfs }] });
    expect(text.split('\n').filter((line) => line.startsWith('# ')).slice(2)).toEqual([
      "# VF 1 of enp1s0 has the node GUID 00:11:22:33:44:55:66:77, which can't be declared.",
      "# VF 2 of enp1s0 has the MAC 02:00:00:00:00:99 enforced, which can't be declared.",
      "# VF 3 of enp1s0 is bound to igb_uio, which can't be declared.",
      "# The macvlan eth0 of router on enp1s0 was not made by SR-IOV Workbench, so it isn't declared.",
    ]); // prettier-ignore
    const evil = host({ pfs: [pf([], { model: 'x\n- y: z' })], containers: [] });
    expect(written(evil).text).toContain('# enp1s0, x - y: z\n');
  });
});
