import { expect, test } from 'vitest';
import { containerChoices, type Choices } from '../../../src/ui/changes/choices';
import { baseChoices, formChoices } from '../../../src/ui/changes/formChoices';
import { run } from '../../../src/ui/commands/run';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

/** The choices that can't be taken, as rows: what they say at once, and what they say to whoever picks them. */
const barred = ({ choices }: Choices<unknown>) =>
  choices.flatMap((one) =>
    typeof one === 'string' || one.unavailable === undefined
      ? []
      : [`${one.label} · ${one.description} · ${one.unavailable}`],
  );

test('a container that can’t take a VF says why', () => {
  const snapshot = bareHost({
    containers: [
      container('fw'),
      container('old', { state: 'exited', netnsInode: null }),
      container('hostnet', { networkMode: 'host' }),
      container('agent', { netnsInode: 4026531840 }),
      container('secret', { netnsInode: null }),
    ],
  });
  expect(barred(containerChoices(snapshot))).toEqual([
    expect.stringMatching(/^agent · host network · .*uses the host's own network/),
    expect.stringMatching(/^hostnet · host network · .*uses the host's own network/),
    expect.stringMatching(/^secret · network unknown · .*could not be read; that requires root\.$/),
    'old · exited · Container old is not running (exited); start it first.',
  ]);
});

test('a form of an adapter that isn’t to be had says why', () => {
  const base = (snapshot: ReturnType<typeof bareHost>) => {
    const [adapter] = baseChoices(snapshot).choices.filter((one) => typeof one !== 'string');
    return barred(formChoices(snapshot, adapter?.value));
  };
  expect(base(bareHost())).toEqual([
    'A VF of It · none is free · enp1s0 has no VFs yet: set its number of VFs first.',
  ]);
  const busy = hostWithAttachment();
  busy.pfs[0]!.vfs.pop();
  expect(base(busy)).toEqual([
    'A VF of It · none is free · No VF of enp1s0 is free: detach one, or change the number of VFs.',
    expect.stringMatching(/^The Whole Adapter · in use · enp1s0 has VFs in use \(VF 0: fw\)/),
  ]);
  expect(base(bareHost({ pfs: [pf([], { protectedBecause: ['carries ssh'] })] }))).toContainEqual(
    expect.stringMatching(/^The Whole Adapter · protected · enp1s0 is protected: carries ssh/),
  );
});

test('each question of “Attach Adapter or Macvlan…” is titled by what is attached', async () => {
  const snapshot = bareHost({
    pfs: [pf([vf(0)])],
    containers: [container('fw')],
  });
  const bench = await fakeWorkbench(snapshot);
  bench.dialogs.answers = ['enp1s0', 'A VF of It', 'VF 0 of enp1s0', '', '', undefined];
  await run(bench, 'sriov.function.attach', { container: 'fw' });
  expect(bench.dialogs.questions.map(({ title }) => title)).toEqual([
    'Attach an Adapter or Macvlan to fw',
    'Attach enp1s0 to fw',
    'Attach a VF of enp1s0 to fw',
    ...Array<string>(3).fill('Attach VF 0 of enp1s0 to fw'),
  ]);
});
