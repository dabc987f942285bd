import type { Cause, Finding } from '../../../src/model/finding';
import type { Case } from './cases';

/** Numbers from 0 to below 1 that are the same each time (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Not a document, of which a part is none. */
export const isText = ({ form, text }: Case): boolean => form !== 'JSON' && !text.startsWith('{');

/** Some lines in a row of a text, as somebody copies a part of a screen. */
export function cut(text: string, random: () => number): string {
  const lines = text.split('\n');
  const from = Math.floor(random() * lines.length);
  return lines.slice(from, from + 1 + Math.floor(random() * (lines.length - from))).join('\n');
}

/** The last lines of a text, as `tail` or a screen shows them. Without its end, which ends what began before, a host isn't the same. */
function ending(text: string, random: () => number): string {
  const lines = text.split('\n');
  return lines.slice(Math.floor(random() * lines.length)).join('\n');
}

/** Endings of one to three texts, one after another with a prompt between them, and the causes that may be named of them. */
export function mixture(texts: readonly Case[], random: () => number): { text: string; free: string[] } {
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const one = texts[Math.floor(random() * texts.length)];
    return one ? { text: ending(one.text, random), free: one.truth.secondary_causes ?? [] } : undefined;
  });
  return {
    text: parts.map((part) => part?.text ?? '').join('\n$\n'),
    // What one host's boot loader gives isn't what the kernel of another was given.
    free: [...parts.flatMap((part) => part?.free ?? []), ...(parts.length > 1 ? ['args-not-applied'] : [])],
  };
}

/** Causes of which one thing has at most one. */
const exclusive: Cause[][] = [
  ['mmio-too-small', 'bus-out-of-range'],
  [
    ...(['vtd-off-in-bios', 'iommu-flag-missing', 'iommu-disabled-by-flag'] as const),
    ...(['guest-no-viommu', 'no-iommu-hardware', 'iommu-capability-missing'] as const),
  ],
  ['pf-driver-not-bound', 'pf-bound-to-vfio', 'pf-driver-lacks-sriov', 'mlx4-num-vfs-param-missing'],
  ['vf-driver-missing', 'vf-driver-not-bound'],
  ['nic-firmware-sriov-off', 'nic-firmware-vf-limit', 'mmio-too-small'],
  ['switchdev-needs-zero-vfs', 'eswitch-busy'],
];

/** Errors of one subject that exclude each other, and questions that are answered both ways. */
export function contradictions(findings: readonly Finding[]): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const both = exclusive.flatMap((causes) => {
    const some = errors.filter(({ cause }) => causes.includes(cause));
    return some.flatMap((one) =>
      some
        .filter((other) => other.cause > one.cause && other.subject === one.subject)
        .map((other) => `${one.id} and ${other.id}`),
    );
  });
  const passes = findings.filter(({ severity }) => severity === 'pass');
  return [
    ...both,
    ...passes
      .filter(({ cause, evidence }) =>
        errors.some(
          (error) => error.cause === cause && error.evidence.some((line) => evidence.includes(line)),
        ),
      )
      .map(({ id }) => `${id} passed and failed`),
  ];
}
