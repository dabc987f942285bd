import { describe, expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import type { Host } from '../../../src/host/host';
import { asksFirst, isRefusal, type RefusalCode } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import { nic, type RecordedHost } from '../../hosts/record.mjs';
import { recordedHost } from '../../hosts/index.mjs';
import { hostNetns, probeAnswer } from '../../hosts/probe.mjs';
import { atFirst, changing, heard, isFirst, nonceOf, printed, type Sections } from './changing';

interface Case {
  /** What becomes of a host on which the change is possible. */
  host?: (host: RecordedHost) => RecordedHost;
  sections?: (sections: Sections) => Sections;
  request?: ChangeRequest;
}

const vf = '0000:70:11.1';
const attach: ChangeRequest = { kind: 'attach', vf, container: 'du', name: 'eth1' };
const fewer: ChangeRequest = { kind: 'set-autoprobe', pf: '0000:70:00.1', on: false };

const withContainer =
  (name: string, more: object): Case['host'] =>
  (host) => ({
    ...host,
    containers: host.containers?.map((one) => (one.name === name ? { ...one, ...more } : one)),
  });
const withVf =
  (driver: string | null): Case['host'] =>
  (host) => ({
    ...host,
    devices: host.devices.filter(({ parentdev }) => parentdev !== vf),
    pfs: host.pfs.map((pf) => ({
      ...pf,
      vfs: pf.vfs.map((one) => (one.pci === vf ? { ...one, driver } : one)),
    })),
  });
const replaced =
  (name: string, body: (before: string) => string): Case['sections'] =>
  (all) =>
    all.map(([section, text]) => [section, section === name ? body(text) : text]);

/** For each refusal, what makes a plan of it that was possible a moment ago; or why no look at the host can. */
const cases: Record<RefusalCode, Case | string> = {
  'unknown-function': {
    host: (host) => ({
      ...host,
      devices: host.devices.filter(({ parentdev }) => parentdev !== vf),
      pfs: host.pfs.map((pf) => ({ ...pf, vfs: pf.vfs.slice(0, 1) })),
    }),
  },
  'unknown-container': { host: (host) => ({ ...host, containers: [] }) },
  ambiguous: {
    host: (host) => ({
      ...host,
      containers: [
        ...(host.containers ?? []),
        ...(host.containers ?? []).map((one) => ({ ...one, id: one.id.replace(/^../, 'ff') })),
      ],
    }),
  },
  'not-running': { host: withContainer('du', { state: 'exited', pid: 0, netns: undefined }) },
  'host-network': { host: withContainer('du', { networkMode: 'host', netns: hostNetns }) },
  'in-use': {
    host: (host) => ({
      ...host,
      devices: host.devices.filter(({ parentdev }) => parentdev !== vf),
      namespaces: host.namespaces?.map((one) => ({
        ...one,
        devices: [...one.devices, nic(30, 'eth7', { pci: vf, mac: '02:00:5e:00:70:11' })],
      })),
    }),
  },
  protected: {
    host: (host) => ({
      ...host,
      routes: [{ dst: 'default', gateway: '203.0.113.1', dev: 'ens1f1v1', flags: [] }],
    }),
  },
  'name-taken': {
    host: (host) => ({
      ...host,
      namespaces: host.namespaces?.map((one) => ({
        ...one,
        devices: [...one.devices, nic(31, 'eth1', { mac: '02:00:5e:00:70:77' })],
      })),
    }),
  },
  'no-netdev': { host: withVf(null) },
  limit: {
    sections: replaced('dhcp-client', () => ''),
    request: { ...attach, dhcp: true },
  },
  'no-sriov': {
    host: (host) => ({
      ...host,
      pfs: host.pfs.map((pf) => ({ ...pf, pci: '0000:71:00.1' })),
    }),
    request: fewer,
  },
  'engine-unreachable': {
    sections: (all) =>
      all.flatMap(([name, text]): Sections =>
        name === 'containers docker' ? [] : [[name, name === 'engine docker' ? 'failed it crashed\n' : text]],
      ),
  },
  'nothing-to-do': {
    sections: replaced('sysfs', (text) =>
      text.replaceAll('sriov_drivers_autoprobe:1', 'sriov_drivers_autoprobe:0'),
    ),
    request: fewer,
  },
  'unknown-state': {
    sections: replaced('sysfs', (text) => text.replace(/^.*sriov_drivers_autoprobe:1\n/gm, '')),
    request: fewer,
  },
  'pending-change': {
    sections: (all) => [
      ...all.slice(0, -1),
      [
        'change 20260101T000000-00000000 stopped',
        '{"id":"20260101T000000-00000000","title":"Detach","kind":"detach","steps":2}\n',
      ],
      ['progress 20260101T000000-00000000', 'started\nbegin 1\n'],
      ...all.slice(-1),
    ],
  },
  invalid: 'the request itself is wrong, whatever the host is like',
  stale: 'the program on the host says it',
  'not-confirmed': 'a person says it',
  'not-permitted': 'the user is another one, which is another connection',
  'no-password': 'sudo says it',
  unwritable: 'the program on the host says it',
};

const refusedBy = Object.entries(cases).flatMap(([code, one]) =>
  typeof one === 'string' ? [] : [{ code, ...one }],
);

describe('a change that became impossible is refused, and nothing is run, whether', () => {
  describe.each([
    ['the host is listened to', 'listened'],
    ['it is not', 'seen'],
    ['nobody has looked at it before', 'new'],
  ])('%s', (_, how) => {
    test.each(refusedBy)(
      '$code',
      async ({ code, host: become = (host) => host, sections = (all) => all, request = attach }) => {
        const recording = await recordedHost('e810');
        const { host, programs, say } = await changing('done', (now) => now);
        let isChanged = false;
        const run: Host['run'] = async (program, options) => {
          const result = await host.run(program, options);
          const answer = sections(probeAnswer(become(recording)));
          const stdout = printed(isFirst(program) ? atFirst(answer) : answer, nonceOf(program));
          return isChanged ? { ...result, stdout } : result;
        };
        const before = createHostControl({ ...host, run });
        await before.refresh();
        const possible = before.plan(request);
        expect(isRefusal(possible) ? possible.reason : possible.some(asksFirst)).toBe(false);
        const control = how === 'new' ? createHostControl({ ...host, run }) : before;
        if (how === 'listened') await heard(control);
        isChanged = true;
        say('network');
        expect(await control.change(request)).toMatchObject({ status: 'refused', refusal: { code } });
        expect(programs).not.toContain('change');
        expect(programs.includes('first')).toBe(how === 'new');
        await control.dispose();
      },
    );
  });
});
