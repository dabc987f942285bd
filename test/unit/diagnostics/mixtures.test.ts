import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import type { HostEvidence } from '../../../src/model/evidence';
import type { Purpose } from '../../../src/model/finding';
import { ruleCases } from './data/ruleCases';
import { verdict, type Truth } from './verdict';

interface Sample {
  id: string;
  evidence: HostEvidence;
  truth: Truth;
}
const folder = join(__dirname, '../../fixtures/evidence');
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample);

const prompts: Record<string, (command: string) => string> = {
  root: (command) => `root@node:~# ${command}`,
  bare: (command) => `# ${command}`,
  brackets: (command) => `[jane@node-7 ~]$ sudo ${command}`,
  coloured: (command) => `\x1b[01;32mjane@node\x1b[00m:\x1b[01;34m~\x1b[00m$ ${command}`,
  titled: (command) => `\x1b]0;root@node: ~\x07\x1b[?2004hroot@node:~# ${command}\x1b[?2004l`,
  zsh: (command) => `node% ${command}`,
  'oh-my-zsh': (command) => `➜  ~ ${command}`,
  virtualenv: (command) => `(venv) root@node:/sys/class/net# ${command}`,
};

/** The parts of the evidence as they stand in a terminal, each under the command that printed it. */
function blocks(
  { cmdline, dmesg, lspci, sysfs, commands, other }: HostEvidence,
  type: (c: string) => string,
  bare: boolean,
): string[][] {
  return [
    ...(cmdline === null ? [] : [[type('cat /proc/cmdline'), cmdline]]),
    ...(dmesg.length > 0
      ? [
          [
            type(bare ? 'dmesg -t' : 'dmesg | tail -n 50'),
            ...dmesg.map((line) => (bare ? line.replace(/^\[ *\d+\.\d+\] /, '') : line)),
          ],
        ]
      : []),
    ...(lspci.length > 0 ? [[type('lspci -vvv'), ...lspci]] : []),
    ...Object.entries(sysfs).map(([key, value]) =>
      /^\/(?:sys|proc)\/\S+$/.test(key) && !value.includes('\n')
        ? [type(`cat ${key}`), value]
        : [`${key}: ${value}`],
    ),
    // In their order, which says what was true when.
    ...(commands.length > 0
      ? [commands.flatMap(({ command, error }) => [type(command), ...(error ? [error] : [])])]
      : []),
    ...(other.length > 0 ? [[type('ip link'), ...other]] : []),
  ];
}

const ends = { LF: '\n', CRLF: '\r\n' };
const colour = (line: string, on: boolean) =>
  on ? line.replace(/^(\[[^\]]*\] )?([\w-]+ [0-9a-f:.]+:)?/, '\x1b[32m$1\x1b[0m\x1b[33m$2\x1b[0m') : line;

describe('a terminal, in any order', () => {
  test.each(samples.map((sample) => [sample.id, sample] as const))('%s', (_, { evidence, truth }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(prompts)),
        fc.constantFrom(...Object.values(ends)),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('', '\n'),
        fc.infiniteStream(fc.nat({ max: 1000 })),
        (type, end, colours, bare, between, order) => {
          const shuffled = blocks(evidence, type, bare)
            .map((block) => ({ block, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ block }) =>
              block.map((line, at) => (at === 0 ? line : colour(line, colours))).join('\n'),
            );
          const text = `${shuffled.join(`\n${between}`)}\n${type('')}`.replaceAll('\n', end);
          expect(verdict(diagnose(parseEvidence(text)), truth)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const verdicts = (given: HostEvidence, purpose: Purpose | undefined) =>
  diagnose(given, purpose)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ id, cause, severity }) => `${severity} ${id} ${cause}`)
    .sort();

describe('what a rule finds in evidence it finds in a terminal', () => {
  // Whose prompt it is says something where root's does.
  const offline = ruleCases.filter(
    ({ evidence: given }) => !given.live && !given.commands.some(({ asRoot }) => asRoot),
  );
  test.each(offline.map((one, at) => [`${one.rule} ${at}`, one] as const))(
    '%s',
    (_, { evidence: given, purpose }) => {
      const wanted = verdicts(given, purpose);
      const texts = Object.values(prompts).flatMap((type) =>
        [false, true].map(
          (bare) =>
            `${blocks(given, type, bare)
              .map((block) => block.join('\n'))
              .join('\n')}\n${type('')}`,
        ),
      );
      // Without a log both are the same.
      for (const text of new Set(texts)) expect(verdicts(parseEvidence(text), purpose), text).toEqual(wanted);
    },
  );
});

test('what a boot loader is to give is not what the kernel was given', () => {
  const typed = ['# cat /etc/kernel/cmdline', 'root=/dev/sda1 ro intel_iommu=on'];
  const running = ['# cat /proc/cmdline', 'root=/dev/sda1 ro'];
  for (const text of [
    [...typed, ...running],
    [...running, ...typed],
  ]) {
    const read = parseEvidence(text.join('\n'));
    expect(read.cmdline).toBe('root=/dev/sda1 ro');
    expect(diagnose(read, 'vm').map(({ cause }) => cause)).toContain('args-not-applied');
  }
  expect(parseEvidence(typed.join('\n')).cmdline).toBeNull();
});
