import { execaSync } from 'execa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrap, framed, marksOf } from '../../../src/host/bootstrap';
import { quote, quoteAll } from '../../../src/model/quote';

const text = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed());

test('what a shell receives is byte for byte what was passed', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 200, maxLength: 400 }), (texts) => {
      const { stdout } = execaSync('sh', ['-s'], {
        input: `printf '%s\\0' ${quoteAll(texts)}`,
        stripFinalNewline: false,
      });
      expect(stdout.split('\0').slice(0, -1)).toEqual(texts);
    }),
    { numRuns: 20 },
  );
});

test.each(['$(touch /tmp/pwned);\'"', '`id`', '-rf', 'a\nb', '', '~', '*', '\\'])('%j stays text', (text) => {
  expect(execaSync('sh', ['-c', `printf %s ${quote(text)}`], { stripFinalNewline: false }).stdout).toBe(text);
});

test('a NUL byte is refused', () => {
  expect(() => quote('a\0b')).toThrow(/NUL/);
});

const marks = marksOf('12ab');
const [, ...argv] = bootstrap(marks);

test('a program of which only a part arrives does nothing at all', () => {
  const whole = framed('echo one\necho two', marks);
  const run = (input: string) => execaSync('sh', argv, { input, reject: false }).stdout;
  for (let length = 0; length < whole.indexOf('main "$@"'); length++)
    expect(run(whole.slice(0, length))).toBe(`\n${marks.ready}`);
  for (let start = 1; start < whole.length; start += 5)
    expect(run(whole.slice(start))).toBe(`\n${marks.ready}`);
  expect(run(whole)).toBe(`\n${marks.ready}\none\ntwo`);
}, 30_000);

test('the bootstrap hands SSH_CONNECTION on as $1 and the exit status back', () => {
  const result = execaSync('sh', argv, {
    input: framed('printf "<%s>" "$1"; exit 9', marks),
    env: { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' },
    reject: false,
  });
  expect(result).toMatchObject({ stdout: `\n${marks.ready}\n<192.0.2.1 1 192.0.2.2 22>`, exitCode: 9 });
});
