import { describe, expect, test, vi } from 'vitest';
import { askPersonBy } from '../../../src/ui/access/askPerson';
import { run } from '../../../src/ui/commands/run';
import type { AccessQuestion } from '../../../src/model/question';
import { FakePerson } from './fakePerson';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';

const limited = () => {
  const host = bareHost({
    pfs: [pf([vf(0)])],
    containers: [container('fw')],
  });
  return { ...host, host: { ...host.host, user: { name: 'me', uid: 1000, isRoot: false } } };
};

describe('a change as a user who may become root', () => {
  test('goes on where it was asked for, once it may', async () => {
    const bench = await fakeWorkbench(limited());
    expect(bench.host.connection.state).toBe('limited');
    bench.dialogs.answers = ['fw', '', '', 'Attach'];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect(bench.host.connection.state).toBe('admin');
    expect(bench.control.changes).toMatchObject([{ kind: 'attach', vf: '0000:01:10.0' }]);
  });

  test('ends without a word when no password is given', async () => {
    const bench = await fakeWorkbench(limited());
    bench.control.obstacle = { refused: true, code: 'no-password', reason: 'no' };
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect([bench.dialogs.asked, bench.dialogs.shown]).toEqual([[], []]);
  });

  test('ends with the reason when sudo refuses', async () => {
    const bench = await fakeWorkbench(limited());
    bench.control.obstacle = {
      refused: true,
      code: 'not-permitted',
      reason: 'me is not in the sudoers file.',
    };
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
    expect(bench.dialogs.shown).toEqual(['me is not in the sudoers file.']);
  });
});

describe('what ssh and sudo want to know', () => {
  const ask = (person: FakePerson, question: Partial<AccessQuestion>) =>
    askPersonBy(person)(
      { kind: 'password', host: 'h', prompt: "me@h's password: ", attempt: 1, ...question },
      new AbortController().signal,
    );

  test('of several hosts one after the other: a second box would end the first', async () => {
    const answers: ((text: string) => void)[] = [];
    const person = new FakePerson();
    person.ask = (question) => {
      person.questions.push(question);
      return new Promise((resolve) => answers.push(resolve));
    };
    const asks = askPersonBy(person);
    const stop = new AbortController();
    const of = (host: string, signal = new AbortController().signal) =>
      asks({ kind: 'password', host, prompt: 'Password:', attempt: 1 }, signal);
    const all = [of('a'), of('gone', stop.signal), of('c')];
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    stop.abort();
    answers[0]?.('one');
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.('two');
    expect(await Promise.all(all)).toEqual(['one', undefined, 'two']);
    expect(person.questions.map(({ title }) => title)).toEqual(['Password: a', 'Password: c']);
  });

  test.each([
    ['sudo', 'Administrative Access: h'],
    ['password', 'Password: h'],
    ['passphrase', 'Key Passphrase: h'],
    ['code', 'One-Time Code: h'],
    ['secret', 'SSH Prompt: h'],
  ] as const)('%s is asked for in a box that shows nothing', async (kind, title) => {
    const person = new FakePerson();
    person.answers = [' secret '];
    expect(await ask(person, { kind })).toBe(' secret ');
    expect(person.questions[0]).toMatchObject({
      title,
      isSecret: true,
      value: '',
      prompt: "me@h's password",
    });
  });

  test('after a wrong answer it says so', async () => {
    const person = new FakePerson();
    person.answers = [undefined];
    expect(await ask(person, { attempt: 2 })).toBeUndefined();
    expect(person.asked[0]).toContain('Incorrect');
  });

  test('an unknown host key is shown with its fingerprint, and Enter alone does not accept it', async () => {
    const prompt = `The authenticity of host 'h (192.0.2.7)' can't be established.
ED25519 key fingerprint is SHA256:abc.
Are you sure you want to continue connecting (yes/no/[fingerprint])? `;
    const person = new FakePerson();
    person.answers = ['Trust This Key and Connect', 'Cancel', undefined];
    expect(await ask(person, { kind: 'host-key', prompt })).toBe('yes');
    expect(person.questions[0]).toMatchObject({
      title: 'The host key of h is not known yet',
      placeholder: 'ED25519 key SHA256:abc of h (192.0.2.7)',
      choices: [{ label: 'Cancel' }, { label: 'Trust This Key and Connect' }],
    });
    expect(await ask(person, { kind: 'host-key', prompt })).toBeUndefined();
    expect(await ask(person, { kind: 'host-key', prompt })).toBeUndefined();
  });
});
