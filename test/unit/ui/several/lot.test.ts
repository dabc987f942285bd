import { describe, expect, test } from 'vitest';
import { run } from '../../../../src/ui/commands/run';
import { PlanPage } from '../../../../src/ui/pages/planPage';
import { bareHost, pf, vf } from '../../hosts/host';
import { markupOf } from '../fakeWorkbench';
import {
  failsAt,
  free,
  fw,
  heldIn,
  kinds,
  livingWorkbench,
  router,
  rows,
  settled,
  threeInFw,
  vfs,
} from './living';

describe('several as one', () => {
  test('one bar, one sentence, one button that takes all of it back, the last one first', async () => {
    const bench = await livingWorkbench(free());
    bench.dialogs.answers = ['fw', '', '', 'Attach 3 VFs'];
    bench.dialogs.presses = ['Undo'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    bench.dialogs.presses = [];
    await settled();
    expect(heldIn(bench)).toEqual([null, null, null, null]);
    expect(kinds(bench)).toEqual(['attach', 'attach', 'attach', 'detach', 'detach', 'detach']);
    expect(bench.control.changes.slice(3)).toMatchObject(
      [vfs[2], vfs[1], vfs[0]].map((one) => ({ vf: one!.pci })),
    );
    expect(bench.dialogs.shown).toEqual(['3 VFs were attached.', '3 VFs were detached.']);
    expect(bench.dialogs.progressed.filter((text) => !text.includes(' of '))).toEqual([
      'Attach 3 VFs',
      'Undo: Attach 3 VFs',
    ]);
    expect(bench.kept).toHaveLength(6);
  });

  test('what was detached goes back by one button, though only the last change of a host can be undone', async () => {
    const bench = await threeInFw();
    bench.dialogs.answers = ['Detach 3 VFs'];
    bench.dialogs.presses = ['Undo'];
    await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
    bench.dialogs.presses = [];
    expect(bench.dialogs.warnings.at(-1)).toMatchObject({
      message: 'Detach 3 VFs?',
      detail: expect.stringMatching(/• eth0 of fw .*\n• eth1 of fw .*\n• eth2 of fw/) as string,
      buttons: ['Detach 3 VFs', 'Detach 3 VFs, Don’t Ask Again', 'Show Plan'],
    });
    await settled();
    expect(heldIn(bench)).toEqual([fw.id, fw.id, fw.id, null]);
    expect(kinds(bench).slice(3)).toEqual(['detach', 'detach', 'detach', 'undo', 'undo', 'undo']);
    expect(bench.dialogs.said).toContain('3 changes were undone.');
    expect(bench.dialogs.warnings).toHaveLength(1);
  });

  test('all that are selected are detached by a key', async () => {
    const bench = await threeInFw({ confirmDetach: 'never' });
    bench.selection = vfs.slice(0, 2).map(({ pci }) => ({ kind: 'vf', pci }));
    await run(bench, 'sriov.vf.detach', { view: 'sriov.adapters' });
    expect(heldIn(bench)).toEqual([null, null, fw.id, null]);
  });

  test('what only some can is done for those: a free VF among the attached needs no detaching', async () => {
    const bench = await threeInFw({ confirmDetach: 'never' });
    await run(bench, 'sriov.vf.detach', rows[0], rows);
    expect(heldIn(bench)).toEqual([null, null, null, null]);
    expect(bench.dialogs.shown.at(-1)).toBe('3 VFs were detached.');
  });

  test('all are moved with what they have, and go back', async () => {
    const bench = await threeInFw();
    bench.dialogs.answers = ['router', 'Move 2 VFs'];
    bench.dialogs.presses = ['Undo'];
    await run(bench, 'sriov.vf.move', rows[0], rows.slice(0, 2));
    bench.dialogs.presses = [];
    expect(bench.control.changes.slice(3, 5)).toMatchObject([
      { move: true, container: router.id, name: 'eth0', addresses: ['192.0.2.1/24'] },
      { move: true, container: router.id, name: 'eth1', addresses: ['192.0.2.2/24'] },
    ]);
    await settled();
    expect(heldIn(bench)).toEqual([fw.id, fw.id, fw.id, null]);
  });

  /** There is an interface in router, and VF 1 has the address of VF 0. */
  async function crowded() {
    const bench = await threeInFw();
    const eth1 = { name: 'eth1', mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: null };
    const { containers, pfs } = bench.control.host;
    bench.control.host = {
      ...bench.control.host,
      pfs: [{ ...pfs[0]!, vfs: pfs[0]!.vfs.map((one) => ({ ...one, addresses: ['192.0.2.1/24'] })) }],
      containers: containers.map((one) => (one.name === 'router' ? { ...one, interfaces: [eth1] } : one)),
    };
    await bench.control.refresh();
    return bench;
  }

  test('those whose names are taken there are asked for others', async () => {
    const bench = await crowded();
    bench.dialogs.answers = [
      'router',
      (question) => {
        if (!('prompt' in question)) throw new Error('no text');
        expect([question.problem(''), question.comesTo?.('eth{n}')]).toEqual([
          'An interface needs a name.',
          'eth0, eth2',
        ]);
        return 'eth{n}';
      },
      undefined,
    ];
    await run(bench, 'sriov.vf.move', rows[0], rows.slice(0, 2));
    expect(bench.dialogs.asked.at(-1)).toBe('Move 2 VFs to router');
  });

  test('what would be there twice is said in the last step: none is made, and its row says why', async () => {
    const bench = await crowded();
    const seen: string[] = [];
    bench.dialogs.answers = [
      ...['router', 'eth{n}'],
      (question) => {
        if ('choices' in question)
          for (const one of question.choices)
            if (typeof one !== 'string') seen.push(`${one.label}: ${one.unavailable ?? ''}`);
        return undefined;
      },
    ];
    await run(bench, 'sriov.vf.move', rows[0], rows.slice(0, 2));
    expect(seen).toEqual([
      'Move 2 VFs: Another one gets the address 192.0.2.1/24 there.',
      'VF 0 of enp1s0 → router: ',
      'VF 1 of enp1s0 → router: Another one gets the address 192.0.2.1/24 there.',
    ]);
    expect(kinds(bench)).toHaveLength(3);
  });

  test('a VF that is in no container is attached, not moved', async () => {
    const bench = await threeInFw();
    await run(bench, 'sriov.vf.move', rows[0], rows);
    expect(bench.dialogs.shown.at(-1)).toBe('VF 3 of enp1s0 is not in a container; attach it instead.');
    expect(kinds(bench)).toHaveLength(3);
  });
});

describe('the next time', () => {
  test('several get what was answered for all, of what is free by then; one gets what the first got', async () => {
    const bench = await threeInFw({ confirmDetach: 'never' });
    await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
    bench.dialogs.answers = ['fw', 'Like Last Time'];
    await run(bench, 'sriov.vf.attach', rows[2], rows.slice(2));
    expect(bench.control.changes.slice(-2)).toMatchObject([
      { vf: vfs[2]!.pci, name: 'eth0', addresses: ['192.0.2.1/24'] },
      { vf: vfs[3]!.pci, name: 'eth1', addresses: ['192.0.2.2/24'] },
    ]);
    await run(bench, 'sriov.vf.detach', rows[2], rows.slice(2));
    bench.dialogs.answers = ['fw', 'Like Last Time'];
    await run(bench, 'sriov.vf.attach', rows[1], rows.slice(1, 2));
    expect(bench.control.changes.at(-1)).toMatchObject({
      ...{ vf: vfs[1]!.pci, name: 'eth0', addresses: ['192.0.2.1/24'] },
    });
  });

  test('nothing is offered for a container that had none', async () => {
    const bench = await threeInFw({ confirmDetach: 'never' });
    await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
    bench.dialogs.answers = ['router', 'net{n}', '', 'Attach 2 VFs'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 2));
    expect(bench.control.changes.slice(-2)).toMatchObject([{ name: 'net0' }, { name: 'net1' }]);
  });
});

describe('the page of the plan of several', () => {
  const hasUndo = (page: PlanPage) => markupOf(page).includes('data-press="undo"');

  test('makes them, takes back those that were made, the last one first, and offers that no more', async () => {
    const bench = await livingWorkbench(free());
    bench.dialogs.answers = ['fw', '', '', 'Show Plan'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    const [page] = bench.pagesShown;
    if (!(page instanceof PlanPage)) throw new Error('no plan');
    expect(hasUndo(page)).toBe(false);
    await page.apply();
    expect(heldIn(bench)).toEqual([fw.id, fw.id, fw.id, null]);
    expect(hasUndo(page)).toBe(true);
    await page.press('undo');
    expect(bench.control.changes.slice(3)).toMatchObject(
      [vfs[2], vfs[1], vfs[0]].map((one) => ({ kind: 'detach', vf: one!.pci })),
    );
    expect(heldIn(bench)).toEqual([null, null, null, null]);
    expect(hasUndo(page)).toBe(false);
  });

  test('takes back those before the one that failed', async () => {
    const bench = await livingWorkbench(free());
    bench.dialogs.answers = ['fw', '', '', 'Show Plan'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    const [page] = bench.pagesShown;
    if (!(page instanceof PlanPage)) throw new Error('no plan');
    failsAt(bench, 'VF 2');
    await page.apply();
    expect(heldIn(bench)).toEqual([fw.id, fw.id, null, null]);
    await page.press('undo');
    expect(heldIn(bench)).toEqual([null, null, null, null]);
  });
});

describe('the same settings for several', () => {
  test('are asked for once, listed before, made one after the other, and taken back', async () => {
    const bench = await livingWorkbench(free());
    bench.dialogs.answers = ['VLAN', '42', 'Configure', 'Configure 3 VFs'];
    bench.dialogs.presses = ['Undo'];
    await run(bench, 'sriov.vf.configure', rows[0], rows.slice(0, 3));
    bench.dialogs.presses = [];
    expect(bench.dialogs.asked[0]).toBe('Configure 3 VFs');
    expect(bench.dialogs.warnings[0]?.message).toBe('Configure 3 VFs?');
    for (const index of [0, 1, 2])
      expect(bench.dialogs.warnings[0]?.detail).toMatch(new RegExp(`• .*VF ${index} .*42`));
    expect(bench.control.changes.slice(0, 3)).toMatchObject(
      vfs.slice(0, 3).map(({ pci }) => ({ kind: 'configure', vf: pci, vlan: { id: 42 } })),
    );
    await settled();
    expect(kinds(bench)).toEqual(['configure', 'configure', 'configure', 'undo', 'undo', 'undo']);
    expect(bench.dialogs.shown[0]).toBe('3 VFs were configured.');
  });

  test('no MAC is, since each has its own; what differs now is said to; those that have it already are left alone', async () => {
    const mixed = bareHost({ pfs: [pf([vf(0, { trust: true }), vf(1)])] });
    const bench = await livingWorkbench(mixed);
    bench.dialogs.answers = [
      (question) => {
        const { choices } = question as { choices: { label: string; description: string }[] };
        expect(choices.map(({ label }) => label)).not.toContain('MAC address');
        expect(choices.find(({ label }) => label === 'Trust')?.description).toBe('different');
        return undefined;
      },
    ];
    await run(bench, 'sriov.vf.configure', rows[0], rows.slice(0, 2));
    bench.dialogs.answers = ['Trust', 'On', 'Configure'];
    await run(bench, 'sriov.vf.configure', rows[0], rows.slice(0, 2));
    expect(bench.control.changes).toMatchObject([{ vf: vfs[1]!.pci, trust: true }]);
  });
});
