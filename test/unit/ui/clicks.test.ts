import { describe, expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { fakeWorkbench, type FakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';

/** What a person does with the mouse, and what they type or leave as proposed, from the button of a row to the end. */
interface Effort {
  clicks: number;
  inputs: number;
}

const onVf = ['sriov.vf.attach', { vf: 'enp1s0:0' }] as const;
const onContainer = ['sriov.container.attachVf', { container: 'fw' }] as const;
const again = ['sriov.container.attachAgain', { container: 'fw' }] as const;
const onPf = ['sriov.pf.createVfs', { pf: 'enp1s0' }] as const;

/** A button of a row is a click, or two where it is in its menu; each choice and each answered question is one more. */
async function effort(
  bench: FakeWorkbench,
  [command, item]: readonly [Parameters<typeof run>[1], object],
  answers: string[],
  buttonIs = 1,
): Promise<Effort> {
  const { dialogs, control } = bench;
  const [asked, warned, changed] = [
    dialogs.questions.length,
    dialogs.warnings.length,
    control.changes.length,
  ];
  dialogs.answers = [...answers];
  await run(bench, command, item);
  expect(dialogs.answers).toEqual([]);
  expect(control.changes).toHaveLength(changed + 1);
  const questions = dialogs.questions.slice(asked);
  const picks = questions.filter((question) => 'choices' in question).length;
  return {
    clicks: buttonIs + picks + dialogs.warnings.length - warned,
    inputs: questions.length - picks,
  };
}

const free = () => {
  const snapshot = bareHost({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });
  return { ...snapshot, host: { ...snapshot.host, dhcpClient: 'udhcpc' as const } };
};

describe('attaching a VF takes, the first time', () => {
  test.each<[what: string, typed: string[], Effort]>([
    ['without an address', ['eth1', ''], { clicks: 3, inputs: 2 }],
    ['with an address by DHCP', ['eth1', 'dhcp'], { clicks: 3, inputs: 2 }],
    ['with an address and a gateway', ['eth1', '192.0.2.7/24 via 192.0.2.1'], { clicks: 3, inputs: 2 }],
  ])('%s', async (_, typed, expected) => {
    expect(await effort(await fakeWorkbench(free()), onVf, ['fw', ...typed, 'Attach'])).toEqual(expected);
  });

  test('and an adapter that has no VFs yet one of each more', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([])], containers: [container('fw')] }));
    expect(await effort(bench, onPf, ['4'])).toEqual({ clicks: 1, inputs: 1 });
  });
});

describe('attaching it again takes two clicks and no input', () => {
  const attachedOnce = async () => {
    const bench = await fakeWorkbench(free());
    await effort(bench, onContainer, ['VF 0 of enp1s0', 'eth1', '192.0.2.7/24 via 192.0.2.1', 'Attach']);
    return bench;
  };

  test('by the button of the container', async () => {
    expect(await effort(await attachedOnce(), onContainer, ['Like Last Time'])).toEqual({
      clicks: 2,
      inputs: 0,
    });
  });

  test('by its menu', async () => {
    expect(await effort(await attachedOnce(), again, [], 2)).toEqual({ clicks: 2, inputs: 0 });
  });

  test('by the VF that is wanted, one more: which container is not known', async () => {
    expect(await effort(await attachedOnce(), onVf, ['fw', 'Like Last Time'])).toEqual({
      clicks: 3,
      inputs: 0,
    });
  });
});
