import { describe, expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { back } from '../../../src/ui/dialogs/dialogs';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment, hostWithMacvlan } from '../hosts/situations';

const free = () =>
  bareHost({
    pfs: [pf([vf(0), vf(1)])],
    containers: [container('fw'), container('router')],
  });

/** enp1s0, whole in fw, as the tool left it. */
function wholeInFw() {
  const fw = container('fw');
  const holder = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
  fw.interfaces.push({
    ...{ name: 'eth1', mac: '02:00:00:00:01:ff', addresses: ['192.0.2.10/24'], up: true, mtu: 1500 },
    ...{ altnames: [], vf: '0000:01:00.0' },
  });
  return bareHost({ pfs: [pf([], { name: 'eth1', holder })], containers: [fw] });
}

describe('attaching an adapter, or a macvlan', () => {
  test.each([
    ['Macvlan, Bridge', 'bridge'],
    ['Macvlan, Private', 'private'],
    ['Macvlan, VEPA', 'vepa'],
    ['Macvlan, Passthru', 'passthru'],
  ])('%s, from the row of an adapter', async (label, macvlanMode) => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [label, 'fw', '', '192.0.2.10/24', 'Attach'];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(bench.control.changes).toEqual([
      {
        ...{ kind: 'attach', vf: '0000:01:00.0', container: container('fw').id, engine: 'docker' },
        ...{ mode: 'macvlan', macvlanMode, name: 'eth0', addresses: ['192.0.2.10/24'] },
      },
    ]);
  });

  test('the whole adapter, by keys on its row', async () => {
    const bench = await fakeWorkbench(free());
    bench.selection = [{ kind: 'pf', pci: '0000:01:00.0' }];
    bench.dialogs.answers = ['The Whole Adapter', 'fw', 'eth1', '', 'Attach'];
    await run(bench, 'sriov.vf.attach');
    expect(bench.control.changes).toMatchObject([{ vf: '0000:01:00.0', mode: 'pf', name: 'eth1' }]);
    expect(bench.dialogs.asked.at(-1)).toBe('Attach enp1s0 to fw');
  });

  test('a VF of the adapter; going back gives up the choice', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [
      ...['A VF of It', 'VF 1 of enp1s0', back, back],
      ...['A VF of It', 'VF 0 of enp1s0', 'fw', '', '', 'Attach'],
    ];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(bench.control.changes).toEqual([
      { kind: 'attach', vf: '0000:01:10.0', container: container('fw').id, engine: 'docker' },
    ]);
  });

  test('from the palette everything is asked for; a macvlan on a VF', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['VF 1 of enp1s0', 'Macvlan, Bridge', 'router', 'mv0', '', 'Show Plan'];
    await run(bench, 'sriov.function.attach');
    expect(bench.pagesShown).toMatchObject([
      { requests: [{ vf: '0000:01:10.2', mode: 'macvlan', name: 'mv0' }] },
    ]);
    expect(bench.dialogs.asked.slice(2)).toContain('Attach a Macvlan on VF 1 of enp1s0 to a Container');
  });

  test('from a container; no VLAN is asked for, and in passthru mode no MAC', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [
      ...['enp1s0', 'Macvlan, Passthru', '', '', 'More Options…', '1400', '', 'Attach'],
    ];
    await run(bench, 'sriov.function.attach', { container: 'fw' });
    expect(bench.control.changes).toMatchObject([{ mtu: 1400, macvlanMode: 'passthru' }]);
  });

  test('an adapter whose VFs are in use says why it can’t be given away whole', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = [undefined];
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(bench.dialogs.questions[0]).toMatchObject({
      choices: expect.arrayContaining([
        expect.objectContaining({
          label: 'The Whole Adapter',
          unavailable: expect.stringContaining('enp1s0 has VFs in use (VF 0: fw)') as string,
        }),
      ]) as unknown,
    });
    expect(bench.control.changes).toEqual([]);
  });

  test('one that is in a container already is said before the first question', async () => {
    const bench = await fakeWorkbench(wholeInFw());
    await run(bench, 'sriov.function.attach', 'pf=0000:01:00.0');
    expect(bench.dialogs.shown).toEqual(['eth1 is in fw; detach it first.']);
  });
});

describe('moving', () => {
  test('keeps the name, the address and the gateway unless something else is answered', async () => {
    const host = hostWithAttachment();
    host.containers[0]!.routes.push({
      ...{ destination: 'default', family: 4, gateway: '192.0.2.1', device: 'eth1', metric: null },
    });
    const bench = await fakeWorkbench(host);
    bench.dialogs.answers = [
      (question) => {
        const offered = 'choices' in question ? question.choices : [];
        const labels = offered.map((one) => (typeof one === 'string' ? one : one.label));
        expect(labels).toEqual(['Docker', 'router']);
        return host.containers[1];
      },
      ...['', '', 'Move'],
    ];
    await run(bench, 'sriov.vf.move', 'vf=0000:01:10.0');
    expect(bench.control.changes).toEqual([
      {
        ...{ kind: 'attach', vf: '0000:01:10.0', container: container('router').id, engine: 'docker' },
        ...{ move: true, name: 'eth1', addresses: ['192.0.2.10/24'], gateway: '192.0.2.1' },
      },
    ]);
  });

  test('from the palette the VF is picked; by arguments nothing but the values is asked', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = ['VF 0 of enp1s0', 'router', 'enp1s0v0', '', 'Move'];
    await run(bench, 'sriov.vf.move');
    expect(bench.control.changes[0]).not.toHaveProperty('name');
    bench.dialogs.answers = ['', '', 'Move'];
    await run(bench, 'sriov.vf.move', { vf: 'enp1s0:0', container: 'router' });
    expect(bench.control.changes[1]).toMatchObject({ move: true, name: 'eth1' });
  });

  test('a VF that nobody has is attached instead', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.vf.move', 'vf=0000:01:10.0');
    expect(bench.dialogs.shown).toEqual(['VF 0 of enp1s0 is not in a container; attach it instead.']);
  });
});

describe('taking back', () => {
  const fw = container('fw').id;

  test('a whole adapter, from its row or from its container', async () => {
    const bench = await fakeWorkbench(wholeInFw(), { confirmDetach: 'never' });
    expect(containerRows(wholeInFw())[0]?.children[0]?.children).toMatchObject([
      { label: 'eth1', context: ';whole;foreign;', subject: { kind: 'attachment', vf: '0000:01:00.0' } },
    ]);
    expect(adapterRows(wholeInFw())[0]?.context).toContain(';away;');
    bench.dialogs.answers = ['Detach'];
    await run(bench, 'sriov.vf.detach', 'pf=0000:01:00.0');
    expect(bench.control.changes).toEqual([{ kind: 'detach', vf: '0000:01:00.0' }]);
  });

  test('a macvlan, from its row; it asks, and says what goes', async () => {
    const host = hostWithMacvlan('fw');
    expect(containerRows(host)[0]?.children[0]?.children).toMatchObject([
      {
        ...{
          label: 'eth1',
          description: 'macvlan on enp1s0 · bridge · 192.0.2.10/24',
          context: ';mvl;ours;',
        },
        subject: { kind: 'macvlan', on: '0000:01:00.0', container: fw },
      },
    ]);
    expect(adapterRows(host)[0]?.description).toContain('macvlan of fw');
    const bench = await fakeWorkbench(host);
    bench.dialogs.answers = ['Detach'];
    await run(bench, 'sriov.vf.detach', `macvlan=0000:01:00.0 ${fw}`);
    expect(bench.dialogs.warnings[0]?.detail).toContain('• eth1 of fw, a macvlan');
    expect(bench.control.changes).toEqual([{ kind: 'detach', vf: '0000:01:00.0', container: fw }]);
  });

  test('of several macvlans on one adapter, the one that is picked', async () => {
    const bench = await fakeWorkbench(hostWithMacvlan('fw', 'router'), { confirmDetach: 'never' });
    bench.dialogs.answers = ['eth1 of router'];
    await run(bench, 'sriov.vf.detach', 'pf=0000:01:00.0');
    expect(bench.control.changes).toEqual([
      { kind: 'detach', vf: '0000:01:00.0', container: container('router').id },
    ]);
  });

  test('from the palette, all that containers have is offered', async () => {
    const bench = await fakeWorkbench(hostWithMacvlan('fw'), { confirmDetach: 'never' });
    bench.dialogs.answers = ['eth1 of fw'];
    await run(bench, 'sriov.vf.detach');
    expect(bench.control.changes).toMatchObject([{ container: fw }]);
  });
});
