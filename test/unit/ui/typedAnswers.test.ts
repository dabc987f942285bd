import { describe, expect, test } from 'vitest';
import { emptyDraft, type AttachDraft } from '../../../src/ui/changes/attachDraft';
import { questions, type TextField } from '../../../src/ui/changes/attachQuestions';
import { askAttachment } from '../../../src/ui/changes/attachWizard';
import { fieldsOf } from '../../../src/ui/changes/configureFields';
import { FakePerson } from './fakePerson';
import { bareHost, container, pf, vf } from '../hosts/host';

const free = vf(0);
const other = vf(1);
const fw = container('fw');
fw.interfaces = [{ ...fw.interfaces[0]!, name: 'eth0', addresses: ['172.17.0.2/16', '2001:db8::5/64'] }];
const adapter = pf([free, other]);
const snapshot = bareHost({ pfs: [adapter], containers: [fw] });

const walkThrough = async (...answers: FakePerson['answers']) => {
  const person = new FakePerson();
  person.answers = answers;
  return { person, asked: await askAttachment(person, snapshot, { vf: free }) };
};

describe('at the prompt', () => {
  const problem = (field: TextField, text: string, more: Partial<AttachDraft> = {}) =>
    questions[field]({ ...emptyDraft, vf: free, container: fw, ...more }, snapshot).problem(text);

  test.each([
    ['addresses', '10.0.0.0/24', 'is a network'],
    ['addresses', '127.0.0.1/8', 'loopback'],
    ['addresses', '224.0.0.1/24', 'multicast'],
    ['addresses', '172.17.0.2/24', 'fw already has the address 172.17.0.2/24'],
    ['addresses', '2001:DB8::5/64', 'already'],
    ['addresses', 'DHCP 192.0.2.10/24', 'omit either 192.0.2.10/24'],
    ['mac', other.mac!, 'VF 1 of enp1s0 already has the MAC 02:00:00:00:00:01'],
    ['mac', '02-00-00-00-00-01', 'VF 1 of enp1s0'],
    ['mac', adapter.mac!, 'enp1s0 already has the MAC'],
    ['mtu', '1501', '1500'],
  ] as const)('%s: not %s', (field, text, why) => {
    expect(problem(field, text)).toContain(why);
  });

  test.each([
    ['addresses', 'DHCP'],
    ['addresses', 'Dhcp, 2001:db8::10/64'],
    ['addresses', '10.0.0.0/31 10.0.1.1/32'],
    ['mac', '02-00-00-00-00-77'],
    ['mac', '0200.0000.0077'],
    ['mac', free.mac!],
  ] as const)('%s: %s', (field, text) => {
    expect(problem(field, text)).toBeUndefined();
  });

  test('a macvlan can’t have the MAC of the device that it stands on', () => {
    expect(problem('mac', free.mac!, { form: 'bridge' })).toContain('VF 0 of enp1s0');
  });

  test('the MAC that an adapter is to enforce, too', () => {
    const { problem: wrong, read } = fieldsOf(snapshot, adapter, free).find(
      ({ attribute }) => attribute === 'mac',
    )!.text!;
    expect(wrong(other.mac!)).toContain('VF 1 of enp1s0');
    expect(wrong('00-00-00-00-00-00')).toBeUndefined();
    expect(read('0200.0000.0077')).toEqual({ mac: '02:00:00:00:00:77' });
  });
});

test('DHCP in capitals is DHCP, and asks for no gateway', async () => {
  const { asked } = await walkThrough('fw', 'eth1', 'DHCP,', 'Attach');
  expect(asked?.request).toMatchObject({ dhcp: true });
  expect(asked?.request).not.toHaveProperty('addresses');
});

test('a MAC is asked for as the kernel prints it, however it was typed', async () => {
  const { person, asked } = await walkThrough(
    'fw',
    '',
    '',
    'More Options…',
    '02-00-00-AB-00-77',
    '',
    '',
    '',
    'Attach',
  );
  expect(asked?.request).toMatchObject({ mac: '02:00:00:ab:00:77' });
  expect(person.questions.at(-1)).toMatchObject({
    choices: [{ description: expect.stringContaining('MAC 02:00:00:ab:00:77') as string }, {}, {}],
  });
});

test.each([
  [['fw', '', '', 'Attach']],
  [['fw', '', '192.0.2.10/24 via 192.0.2.1', 'Attach']],
  [['fw', '', '192.0.2.10/24 via 192.0.2.1', 'More Options…', '', '', '', '', 'Attach']],
])('no question claims another number of questions than are asked: %j', async (answers) => {
  const { person } = await walkThrough(...answers);
  const claimed = person.questions.flatMap((one) => ('step' in one ? [one.step] : []));
  const right = answers.map((_, index) => ({ index: index + 1, count: answers.length }));
  expect(claimed).toEqual(claimed.length === 0 ? [] : right);
});
