import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { verdict } from './verdict';

interface Sample {
  id: string;
  evidence: Record<string, unknown>;
  truth: { cause: string; secondary_causes: string[] };
}
const folder = join(__dirname, '../../fixtures/evidence');
const samples: Sample[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample);

test('the samples are there', () => expect(samples.length).toBeGreaterThan(20));

describe('known hosts', () => {
  test.each(samples.map((sample) => [sample.id, sample] as const))('%s', (_, sample) => {
    expect(verdict(diagnose(parseEvidence(JSON.stringify(sample))), sample.truth)).toEqual([]);
  });

  test.each(samples.map((sample) => [sample.id, sample] as const))(
    '%s, the inner object alone',
    (_, sample) => {
      expect(diagnose(parseEvidence(JSON.stringify(sample.evidence)))).toEqual(
        diagnose(parseEvidence(JSON.stringify(sample))),
      );
    },
  );

  test.each(samples.map((sample) => [sample.id, sample] as const))('%s, pasted as text', (_, sample) => {
    expect(verdict(diagnose(parseEvidence(asText(sample.evidence))), sample.truth)).toEqual([]);
  });
});

/** The same evidence as a user would paste it from a terminal. */
function asText(evidence: Record<string, unknown>): string {
  const { cmdline, dmesg, lspci, sysfs, commands, other } = evidence as {
    cmdline: string | null;
    dmesg: string[];
    lspci: string[];
    sysfs: Record<string, string>;
    commands: { command: string; error: string | null }[];
    other: string[];
  };
  return [
    ...(cmdline === null ? [] : ['root@host:~# cat /proc/cmdline', cmdline]),
    ...commands.flatMap(({ command, error }) => [
      `root@host:~# ${command}`,
      ...(error === null ? [] : [error]),
    ]),
    ...Object.entries(sysfs).map(([key, value]) => `${key}: ${value}`),
    ...['root@host:~# dmesg', ...dmesg, '', 'root@host:~# lspci -vvv', ...lspci, ''],
    ...['root@host:~# ip link', ...other],
  ].join('\r\n');
}
