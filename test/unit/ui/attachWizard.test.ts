import { describe, expect, test } from 'vitest';
import { askAttachment } from '../../../src/ui/changes/attachWizard';
import { questions } from '../../../src/ui/changes/attachQuestions';
import { emptyDraft, requestFrom, summary } from '../../../src/ui/changes/attachDraft';
import { containerChoices } from '../../../src/ui/changes/choices';
import { back } from '../../../src/ui/dialogs/dialogs';
import { FakePerson } from './fakePerson';
import { bareHost, container, pf, vf } from '../hosts/host';

const free = vf(0);
const fw = container('fw');
const snapshot = bareHost({
  pfs: [pf([free, vf(1)])],
  containers: [fw, container('router')],
});

async function walkThrough(
  answers: FakePerson['answers'],
  known: Parameters<typeof askAttachment>[2] = { vf: free },
) {
  const person = new FakePerson();
  person.answers = answers;
  return { person, asked: await askAttachment(person, snapshot, known) };
}

describe('attaching', () => {
  test('Enter, Enter, Enter keeps the name and gives no address', async () => {
    const { person, asked } = await walkThrough(['fw', '', '', 'Attach']);
    expect({ request: asked?.request, then: asked?.then }).toEqual({
      request: { kind: 'attach', vf: free.pci, container: fw.id, engine: 'docker' },
      then: 'attach',
    });
    expect(person.questions.map(({ title }) => title)).toEqual([
      'Attach VF 0 of enp1s0 to a Container',
      'Attach VF 0 of enp1s0 to fw',
      'Attach VF 0 of enp1s0 to fw',
      'Attach VF 0 of enp1s0 to fw',
    ]);
  });

  test('the gateway is typed with the addresses', async () => {
    const { asked } = await walkThrough([
      'fw',
      'eth1',
      '192.0.2.10/24, 2001:db8::10/64 via 192.0.2.1',
      'Attach',
    ]);
    expect(asked?.request).toMatchObject({
      name: 'eth1',
      addresses: ['192.0.2.10/24', '2001:db8::10/64'],
      gateway: '192.0.2.1',
    });
  });

  test('dhcp is no address, and needs no gateway', async () => {
    const { person, asked } = await walkThrough(['fw', 'eth1', 'dhcp', 'Show Plan']);
    expect(asked?.request).toMatchObject({ dhcp: true, name: 'eth1' });
    expect(asked?.request).not.toHaveProperty('addresses');
    expect(person.questions.at(-1)).toMatchObject({
      choices: expect.arrayContaining([
        expect.objectContaining({ description: 'as eth1 · dhcp' }),
      ]) as unknown,
    });
    const together = await walkThrough(['fw', 'eth1', 'dhcp 2001:db8::1/64', 'Attach']);
    expect(together.asked?.request).toMatchObject({ dhcp: true, addresses: ['2001:db8::1/64'] });
  });

  test('MAC, VLAN, MTU and routes are asked for only when wanted', async () => {
    const answers = [
      'fw',
      '',
      '',
      'More Options…',
      '02:00:00:AA:bb:01',
      '42',
      '1400',
      '192.0.2.0/24',
      'Show Plan',
    ];
    const { asked } = await walkThrough(answers);
    expect(asked).toMatchObject({
      request: { mac: '02:00:00:aa:bb:01', vlan: 42, mtu: 1400, routes: [{ destination: '192.0.2.0/24' }] },
      then: 'show-plan',
    });
  });

  test('from a container the VF is asked for', async () => {
    const { person, asked } = await walkThrough(['VF 1 of enp1s0', '', '', 'Attach'], { container: fw });
    expect(person.questions[0]?.title).toBe('Attach a VF to fw');
    expect(asked?.request.vf).toBe(vf(1).pci);
  });

  test('going back keeps what was typed, and skips what does not arise', async () => {
    const answers = ['fw', 'eth1', '', back, back, '', '', 'Attach'];
    const { person, asked } = await walkThrough(answers);
    expect(asked?.request).toMatchObject({ name: 'eth1' });
    expect(person.questions.map(({ canGoBack }) => canGoBack)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test('Esc ends it', async () => {
    expect((await walkThrough(['fw', undefined])).asked).toBeUndefined();
  });
});

describe('what is wrong with an answer', () => {
  const inside = { ...fw, interfaces: [...fw.interfaces, { ...fw.interfaces[0]!, name: 'eth0' }] };
  const draft = { ...emptyDraft, vf: free, container: inside, addresses: '192.0.2.10/24' };
  const problem = (field: keyof typeof questions, text: string) =>
    questions[field](draft, snapshot).problem(text);

  test.each([
    ['name', 'a-name-of-16-bytes', '18 bytes'],
    ['name', 'eth0', 'taken'],
    ['name', 'a b', 'no spaces'],
    ['name', '', 'needs a name'],
    ['addresses', '192.0.2.10', 'lacks a prefix length'],
    ['addresses', '192.0.2.10/33', 'above 32'],
    ['addresses', '192.0.2.10/24 192.0.2.10/24', 'twice'],
    ['addresses', 'dhcp 192.0.2.10/24', 'omit either 192.0.2.10/24'],
    ['addresses', '192.0.2.10/24 via 198.51.100.1', 'is not in a network of'],
    ['addresses', '192.0.2.10/24 via 192.0.2.10', 'own address'],
    ['addresses', '192.0.2.10/24 via', 'is not an IP address'],
    ['addresses', '192.0.2.10/24 via 192.0.2.1 192.0.2.2', 'is not an IP address'],
    ['addresses', 'via 192.0.2.1', 'it has no address'],
    ['addresses', '192.0.2.10 via 192.0.2.1', 'lacks a prefix length'],
    ['mac', '03:00:00:00:00:01', 'multicast'],
    ['mac', '02-00', 'not a MAC'],
    ['vlan', '4095', '1 to 4094'],
    ['mtu', '67', '68'],
  ] as const)('%s "%s"', (field, text, complaint) => {
    expect(problem(field, text)).toContain(complaint);
  });

  test.each(['addresses', 'mac', 'vlan', 'mtu'] as const)('%s may stay empty', (field) => {
    expect(problem(field, '')).toBeUndefined();
  });

  test('the name says why it is better kept', () => {
    expect(questions.name(draft, snapshot).value).toBe('enp1s0v0');
    expect(questions.name(draft, snapshot).prompt).toContain('enp1s0v0');
  });
});

test('containers that can take a VF come first; the others say why they can’t', () => {
  const { choices } = containerChoices(
    bareHost({
      containers: [
        container('stopped', { state: 'exited', netnsInode: null }),
        container('hostnet', { networkMode: 'host' }),
        container('router'),
        container("$(x)'", { engine: 'netns' }),
        fw,
      ],
    }),
  );
  const shown = choices.map((one) =>
    typeof one === 'string' ? `-- ${one}` : `${one.label}: ${one.description}`,
  );
  expect(shown).toEqual([
    '-- Docker',
    'fw: busybox · lo',
    'router: busybox · lo',
    '-- Network Namespaces',
    "$(x)': busybox · lo",
    '-- can’t use a VF',
    'hostnet: host network',
    'stopped: exited',
  ]);
});

test('the summary says everything that was asked for', () => {
  const draft = {
    ...emptyDraft,
    vf: free,
    container: fw,
    name: 'eth1',
    addresses: '192.0.2.10/24',
    gateway: '192.0.2.1',
    vlan: '7',
  };
  expect(summary(draft)).toBe('as eth1 · 192.0.2.10/24 · via 192.0.2.1 · VLAN 7');
  expect(requestFrom({ ...draft, addresses: '' })).not.toHaveProperty('gateway');
});
