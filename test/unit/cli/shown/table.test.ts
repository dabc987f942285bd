import { describe, expect, test } from 'vitest';
import { written } from '../../../../src/cli/shown/colors';
import { displayWidth } from '../../../../src/cli/shown/displayWidth';
import { styled, type Text } from '../../../../src/cli/shown/styled';
import { table } from '../../../../src/cli/shown/table';
import { ago } from '../../../../src/cli/shown/times';
import { printer, type Stream } from '../../../../src/cli/printer';

describe('columns', () => {
  test.each([
    ['fw', 2],
    ['ネットワーク', 12],
    ['ﾈｯﾄ', 3],
    ['한국', 4],
    ['e\u0301te', 3],
    ['🚀x', 3],
    ['größe', 5],
  ])('%s takes %i', (text, width) => expect(displayWidth(text)).toBe(width));

  test('are aligned by what is seen, not by how many characters that is', () => {
    const rows = ['fw', '防火墙', 'cafe\u0301', 'a\u202eb'].map((name) => ({ cells: [name, '|'] }));
    const lines = written(table(rows, { columns: 80 }).flat(), false).split('\n');
    expect(new Set(lines.map((line) => displayWidth(line.slice(0, line.indexOf('|'))))).size).toBe(1);
  });

  test('an item that fits in no line has one of its own', () => {
    const items = ['a', 'b'.repeat(40), 'c'];
    const lines = written(table([{ cells: ['x'], items }], { columns: 30 }).flat(), false).split('\n');
    expect(lines).toEqual(['x', '   a', `   ${'b'.repeat(40)}`, '   c']);
  });
});

test.each([
  [0, 'just now'],
  [59, 'just now'],
  [60, '1 minute ago'],
  [3599, '59 minutes ago'],
  [7200, '2 hours ago'],
  [86_400, '1 day ago'],
  [-30, 'just now'],
])('what was %i seconds ago is told as %s', (seconds, text) => {
  const now = Date.parse('2026-03-04T05:06:07Z');
  expect(ago(new Date(now - 1000 * seconds).toISOString(), now)).toBe(text);
});
test('what is long ago, or is to come, has a date; what is no moment stays', () => {
  const now = Date.parse('2026-03-04T05:06:07Z');
  expect(ago('2025-12-24T05:06:07Z', now)).toMatch(/^2025-12-2[345] \d\d:\d6$/);
  expect(ago('2026-03-05T05:06:07Z', now)).toMatch(/^2026-03-0[456] \d\d:\d6$/);
  expect(ago('yesterday', now)).toBe('yesterday');
});

describe('colors', () => {
  /** What is written to a stream of that kind. */
  function said(settings: Parameters<typeof printer>[0], isTTY: boolean): string {
    let all = '';
    const stream: Stream = { isTTY, write: (text) => (all += text) };
    const print = printer(settings, stream, stream);
    const text: Text = [[styled('bad', 'red'), ' plain']];
    print.answer({ text: 'red' }, () => text);
    print.progress(text);
    print.failure('failed', 'no');
    return all;
  }
  const terminal = { TERM: 'xterm-256color' };

  test.each([
    ['on a terminal', { json: false, env: terminal }, true, true],
    ['in a pipe', { json: false, env: terminal }, false, false],
    ['with NO_COLOR', { json: false, env: { ...terminal, NO_COLOR: '1' } }, true, false],
    ['with an empty NO_COLOR', { json: false, env: { ...terminal, NO_COLOR: '' } }, true, true],
    ['on a dumb terminal', { json: false, env: { TERM: 'dumb' } }, true, false],
    ['with FORCE_COLOR in a pipe', { json: false, env: { ...terminal, FORCE_COLOR: '1' } }, false, false],
    ['with --color never', { json: false, env: terminal, color: 'never' }, true, false],
    [
      'with --color always, whatever else',
      { json: false, env: { NO_COLOR: '1' }, color: 'always' },
      false,
      true,
    ],
  ] as const)('%s', (_, settings, isTTY, colored) => {
    expect(said(settings, isTTY).includes('\u001b[31m')).toBe(colored);
  });

  test('are never in JSON', () => {
    let out = '';
    const stdout: Stream = { isTTY: true, write: (text) => (out += text) };
    const stderr: Stream = { isTTY: true, write: () => true };
    const print = printer({ json: true, color: 'always', env: terminal }, stdout, stderr);
    print.answer({ a: 1 }, () => [[styled('bad', 'red')]]);
    print.failure('failed', 'no');
    expect(out).not.toContain('\u001b');
  });

  test('do not let a name color, or begin a line', () => {
    const name = styled('good', 'x\u001b[31m\ny');
    expect(written([[name]], true)).toBe('\u001b[32mx\\x1b[31m\\ny\u001b[39m');
  });
});
