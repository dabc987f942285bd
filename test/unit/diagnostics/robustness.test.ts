import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import type { HostEvidence } from '../../../src/model/evidence';
import { evidence, log, write } from './data/evidence';
import { ruleCases } from './data/ruleCases';

/** Milliseconds of processor time: what else runs on the machine doesn't count. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const verdicts = (given: HostEvidence) =>
  diagnose(given)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ id, cause, severity, subject }) => `${severity} ${id} ${cause} ${subject}`)
    .sort();

/** Cases whose evidence is a log alone. */
const logs = ruleCases.filter(
  ({ evidence: e, purpose }) =>
    !e.live &&
    !purpose &&
    e.dmesg.length > 0 &&
    e.commands.length === 0 &&
    Object.keys(e.sysfs).length === 0 &&
    e.cmdline === null,
);

const ways: Record<string, (line: string, at: number) => string> = {
  dmesg: (line, at) => `[${(at + 0.123456).toFixed(6).padStart(12)}] ${line}`,
  'dmesg -T': (line) => `[Sat Nov 22 17:03:28 2025] ${line}`,
  'dmesg with levels and threads': (line) => `<6>[    1.234567][   T12] ${line}`,
  'dmesg, relative times': (line) => `[  +0.000006] ${line}`,
  'journalctl -k': (line) => `Nov 22 17:03:28 node-7 kernel: ${line}`,
  'journalctl -o short-iso': (line) => `2025-11-22T17:03:28+0100 node-7 kernel: ${line}`,
  'syslog with kernel times': (line) => `Nov 22 17:03:28 node-7 kernel: [   12.345678] ${line}`,
  'a quoted mail': (line) => `> > ${line}`,
  indented: (line) => `    ${line}`,
  CRLF: (line) => `${line}\r`,
  colours: (line) => `\x1b[32m[    1.234567] \x1b[0m\x1b[33m${line}\x1b[0m`,
};

describe('what stands before a message does not matter', () => {
  test.each(Object.entries(ways))('%s', (_, way) => {
    for (const { rule, evidence: given } of logs) {
      const bare = given.dmesg.map((line) => line.replace(/^\[[^\]]*\] /, ''));
      if (/NetworkManager\[/.test(bare.join())) continue;
      expect(verdicts(log(...bare.map(way))), rule).toEqual(verdicts(log(...bare)));
    }
  });
});

const noise = [
  'usb 1-1: new high-speed USB device number 2 using xhci_hcd',
  'EXT4-fs (sda1): mounted filesystem with ordered data mode',
  'audit: type=1400 audit(1): apparmor="STATUS" operation="profile_load"',
  'br-1234: port 1(veth0) entered forwarding state',
  'systemd[1]: Started Journal Service.',
  'e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps Full Duplex',
  'ACPI: button: Power Button [PWRF]',
];

test('lines about other things, anywhere, do not matter', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...logs),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...noise)), { maxLength: 12 }),
      (c, more) => {
        const lines = [...c.evidence.dmesg];
        for (const [at, line] of more) lines.splice(at % (lines.length + 1), 0, line);
        expect(verdicts(log(...lines))).toEqual(verdicts(c.evidence));
      },
    ),
    { numRuns: 300 },
  );
});

/** What a line is about: lines about one function keep their order, which may mean something. */
const aboutOf = (line: string): string => /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/i.exec(line)?.[0] ?? '';

test('the order of lines about different functions does not matter', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...logs), fc.infiniteStream(fc.nat()), (c, numbers) => {
      const left = new Map<string, string[]>();
      for (const line of [...c.evidence.dmesg, ...noise])
        left.set(aboutOf(line), [...(left.get(aboutOf(line)) ?? []), line]);
      const lines: string[] = [];
      while (left.size > 0) {
        const keys = [...left.keys()];
        const key = keys[(numbers.next().value ?? 0) % keys.length] ?? '';
        const [first = '', ...rest] = left.get(key) ?? [];
        lines.push(first);
        if (rest.length > 0) left.set(key, rest);
        else left.delete(key);
      }
      expect(verdicts(log(...lines))).toEqual(verdicts(c.evidence));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['German', 'Nicht genügend Hauptspeicher verfügbar', 'Cannot allocate memory'],
  ['French', 'Périphérique ou ressource occupé', 'Device or resource busy'],
  ['Spanish', 'Permiso denegado', 'Permission denied'],
  ['Italian', 'Errore di input/output', 'Input/output error'],
  ['Russian', 'Нет такого файла или каталога', 'No such file or directory'],
])('an error in %s is read as in English, which is said', (_, foreign, english) => {
  expect(verdicts(write(4, foreign))).toEqual(verdicts(write(4, english)));
  expect(diagnose(write(4, foreign)).map(({ id }) => id)).toContain('language.not-english');
  expect(diagnose(write(4, english)).map(({ id }) => id)).not.toContain('language.not-english');
});

/** So many lines about other things. */
const crowd = (length: number): string[] =>
  Array.from({ length }, (_, at) => `[${at}.000000] ${noise[at % noise.length]} ${at}`);

test('every rule finds its lines among 20,000 others', { timeout: 120_000 }, () => {
  const [before, after] = [crowd(10_000), crowd(10_000)];
  for (const { rule, evidence: given } of logs)
    expect(verdicts(evidence({ dmesg: [...before, ...given.dmesg, ...after] })), rule).toEqual(
      verdicts(given),
    );
});

test('a log of 200,000 lines is judged in under a second', { timeout: 60_000 }, () => {
  const half = crowd(100_000);
  for (const { rule, evidence: given } of logs.slice(0, 2)) {
    const dmesg = [...half, ...given.dmesg, ...half];
    const began = processorTime();
    const found = verdicts(evidence({ dmesg }));
    expect(processorTime() - began, rule).toBeLessThan(1000);
    expect(found, rule).toEqual(verdicts(given));
  }
});

test('a flood of many kinds about many functions is judged in under two seconds', { timeout: 60_000 }, () => {
  const bus = (at: number): string => (16 + (at % 200)).toString(16);
  const flood = Array.from(
    { length: 60_000 },
    (_, at) =>
      `[${at}.1] ixgbe 0000:${bus(at)}:00.${at % 8}: VF ${at % 64} says ${at.toString(36)} of its own`,
  );
  const began = processorTime();
  const found = diagnose(
    parseEvidence(
      [...flood, "[9.1] igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])"].join('\n'),
    ),
  );
  expect(processorTime() - began).toBeLessThan(2000);
  expect(found[0]).toMatchObject({ cause: 'bus-out-of-range', subject: '0000:05:00.0' });
});

test('the filter for long logs lets every line through that a rule looks at', () => {
  const filler = Array.from({ length: 2500 }, (_, at) => `usb ${at}: nothing to see`);
  for (const { rule, evidence: given } of ruleCases.filter((c) => !c.evidence.live))
    expect(
      verdicts({ ...given, dmesg: [...filler, ...given.dmesg], other: [...given.other, ...filler] }),
      rule,
    ).toEqual(verdicts(given));
});

test('200,000 pasted lines are read and judged in under a second', { timeout: 60_000 }, () => {
  const text = [
    ...crowd(200_000),
    "[200001.1] igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])",
  ].join('\n');
  const began = processorTime();
  const found = diagnose(parseEvidence(text));
  expect(processorTime() - began).toBeLessThan(1000);
  expect(found[0]).toMatchObject({ cause: 'bus-out-of-range', severity: 'error', subject: '0000:05:00.0' });
});

describe('hostile text', () => {
  const hostile: Record<string, string> = {
    'one endless line': 'VF '.repeat(400_000),
    'endless digits': `vfio ${'0'.repeat(300_000)}`,
    'endless dashes and spaces': `iommu ${' -'.repeat(200_000)}`,
    'endless brackets': `${'['.repeat(100_000)} BAR 7 ${']'.repeat(100_000)}`,
    'endless quotes': `${'> '.repeat(200_000)}igb 0000:05:00.0: VF`,
    'endless addresses': '0000:05:00.0 '.repeat(50_000),
    'nearly a rule, again and again': 'NetworkManager manages '.repeat(20_000),
  };
  test.each(Object.entries(hostile))('%s', { timeout: 60_000 }, (_, line) => {
    const began = processorTime();
    diagnose(
      evidence({
        dmesg: [line, line],
        other: [line],
        lspci: [line],
        commands: [{ command: line, error: line }],
        cmdline: line,
        sysfs: { [line.slice(0, 5000)]: line },
      }),
    );
    diagnose(parseEvidence(`${line}\n${line}\n# ${line}\n${line}`));
    expect(processorTime() - began).toBeLessThan(1500);
  });

  test('anything at all is read without an exception', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, end) => {
          diagnose(parseEvidence(`x ${lines.join(end)}`));
        },
      ),
    );
  });
});
