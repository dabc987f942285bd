import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { refuse } from '../../../src/model/plan';
import { onWire, type OnWire } from '../../../src/planning/wire/onWire';
import { captureLine } from '../../../src/planning/wire/captureLine';
import { typedLimit } from '../../../src/ui/commands/packets/questions';
import { run } from '../../../src/ui/commands/run';
import type { TextQuestion } from '../../../src/ui/dialogs/dialogs';
import { hostileText } from '../../hostileText';
import { hostWithAttachment, hostWithMacvlan } from '../hosts/situations';
import { fakeWorkbench } from './fakeWorkbench';

const answered = async (...answers: string[]) => {
  const bench = await fakeWorkbench(hostWithAttachment());
  bench.dialogs.answers = answers;
  return bench;
};
const vf = { vf: '0000:01:10.0' };

describe('capturing packets', () => {
  test('asks which, for how long and where to, and writes the file', async () => {
    const bench = await answered('icmp', '100 packets', 'A Capture File…');
    bench.control.packets = [Buffer.from('one'), Buffer.from('two')];
    bench.control.captured = { label: 'fw:eth1', packets: 2, bytes: 2048, dropped: 0 };
    await run(bench, 'sriov.vf.capture', vf);
    expect(bench.control.captures).toEqual([
      { on: vf.vf, filter: 'icmp', count: 100, as: 'packets', mebibytes: 100 },
    ]);
    expect(bench.packetTargets).toMatchObject({ asked: ['fw-eth1.pcap'], finished: 1 });
    expect(Buffer.concat(bench.packetTargets.written).toString()).toBe('onetwo');
    expect(bench.dialogs.shown).toEqual(['fw:eth1: 2 packets, 2.0 KiB. Saved as /tmp/fw-eth1.pcap.']);
  });

  test('has the filter judged by the host before anything else is asked', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.control.filterProblems = { 'icmp;': 'This is not a valid filter: syntax error' };
    bench.dialogs.answers = [undefined];
    await run(bench, 'sriov.vf.capture', vf);
    const { agrees } = bench.dialogs.questions[0] as TextQuestion;
    expect(await agrees?.('icmp;')).toBe('This is not a valid filter: syntax error');
    expect(await agrees?.('icmp')).toBeUndefined();
    expect(bench.control.captures).toEqual([]);
  });

  test('ends where the person cancels, and keeps what came until then', async () => {
    const bench = await answered('', 'Until I stop it', 'A Capture File…');
    bench.control.packets = [Buffer.from('one'), Buffer.from('two')];
    const { capture } = bench.control;
    bench.control.capture = (request, hooks) =>
      capture(request, { ...hooks, onProgress: () => bench.dialogs.stop.abort() });
    await run(bench, 'sriov.vf.capture', vf);
    expect(Buffer.concat(bench.packetTargets.written).toString()).toBe('one');
    expect(bench.packetTargets.finished).toBe(1);
  });

  test('shows them in Wireshark where that is on the same machine, and else says why not', async () => {
    const bench = await answered('', '10 seconds', 'Wireshark');
    await run(bench, 'sriov.vf.capture', vf);
    expect(bench.control.captures).toMatchObject([{ seconds: 10 }]);
    expect(bench.dialogs.said).toEqual(['fw:eth1: 0 packets, 0.0 KiB.']);
    bench.packetTargets.obstacle = 'not here';
    bench.dialogs.answers = ['', '10 seconds', undefined];
    await run(bench, 'sriov.vf.capture', vf);
    const [, , where] = bench.dialogs.questions.slice(-3);
    expect(where && 'choices' in where ? where.choices[0] : undefined).toMatchObject({
      unavailable: 'not here',
    });
  });

  test('copies the line for the person’s own computer', async () => {
    const bench = await answered('', '100 packets', 'Copy Command');
    await run(bench, 'sriov.vf.capture', vf);
    expect(bench.copied).toEqual([
      "ssh -- lab 'nsenter --net=/proc/100/ns/net tcpdump -i eth1 -U -s 0 -w - -c 100' | wireshark -k -i -",
    ]);
    expect(bench.control.captures).toEqual([]);
  });

  test('needs root, which is asked for before the questions', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.control.obstacle = refuse('not-permitted', 'No root there.');
    await run(bench, 'sriov.vf.capture', vf);
    expect(bench.dialogs.shown).toEqual(['No root there.']);
  });

  test('what the host has not is told', async () => {
    const bench = await answered('', '100 packets', 'A Capture File…');
    bench.control.captured = refuse('limit', 'tcpdump is not installed on the host.');
    await run(bench, 'sriov.vf.capture', vf);
    expect(bench.dialogs.shown).toEqual(['tcpdump is not installed on the host.']);
    expect(bench.packetTargets.finished).toBe(1);
  });

  test('of a macvlan is that of its container’s interface', async () => {
    const snapshot = hostWithMacvlan('fw');
    const [macvlan] = snapshot.macvlans;
    const bench = await fakeWorkbench(snapshot);
    bench.dialogs.answers = ['', '100 packets', 'A Capture File…'];
    await run(bench, 'sriov.vf.capture', `macvlan=${macvlan?.on} ${macvlan?.container.id}`);
    expect(bench.control.captures[0]?.on).toBe(`${macvlan?.container.id}:eth1`);
  });
});

test.each([
  ['30 s', { seconds: 30 }],
  ['30s', { seconds: 30 }],
  ['500', { count: 500 }],
  ['500 packets', { count: 500 }],
  ['0', undefined],
  ['soon', undefined],
])('%j as the end of a capture', (text, value) => expect(typedLimit(text)?.value).toEqual(value));

describe('the line for another computer', () => {
  const wire = onWire(hostWithAttachment(), 'fw:eth1') as OnWire;
  const from = { host: 'r740', configFile: '', isRoot: false };
  test('is quoted for both shells, whatever the filter is', () => {
    fc.assert(
      fc.property(hostileText, (filter) => {
        fc.pre(filter !== '');
        const line = captureLine(wire, from, filter, undefined);
        // ssh has the login shell read its last word again, as sh does here.
        const program = `ssh() { shift 2; sh -c "sudo() { shift 2; printf '%s\\\\0' \\"\\$@\\"; }; $1"; }
          wireshark() { cat; }\n${line}`;
        const { stdout } = spawnSync('sh', ['-c', program], { encoding: 'utf8' });
        expect(stdout.split('\0').slice(0, -1)).toEqual([
          ...['tcpdump', '-i', 'eth1', '-U', '-s', '0', '-w', '-', '--', filter],
        ]);
      }),
      { numRuns: 60 },
    );
  });
  test('leaves the port of ssh out, and needs no ssh on the machine itself', () => {
    const carrying = { ...wire, namespace: null, carriesSsh: true };
    expect(captureLine(carrying, { ...from, host: 'ssh://me@r740:2222', isRoot: true }, 'icmp', 3)).toContain(
      '(icmp) and not (tcp port 2222 or (vlan and tcp port 2222))',
    );
    expect(captureLine(carrying, { ...from, host: 'local' }, '', undefined)).toBe(
      'sudo tcpdump -i eth1 -U -s 0 -w - | wireshark -k -i -',
    );
  });
});
