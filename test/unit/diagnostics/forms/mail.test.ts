import { describe, expect, test } from 'vitest';
import { parseEvidence } from '../../../../src/diagnostics/parseEvidence';

const log = [
  '[  812.402118] i40e 0000:3b:00.0: Failed to enable SR-IOV: -12 after allocating VFs on the port',
  '[  812.402240] pci 0000:3b:02.0: VF BAR 0: no space for [mem size 0x00100000 64bit pref]',
  '[  812.402251] i40e 0000:3b:00.0: not enough MMIO resources for SR-IOV',
];

/** As mail programs break a line: before the word that would go beyond the column. */
const broken = (line: string, width: number): string[] => {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
};
const kept = (lines: readonly string[]) => lines.map((line) => line.replace(/ {2,}/g, ' '));

describe('lines that were broken are whole again', () => {
  test.each([72, 76, 78, 80])('at %i columns', (width) => {
    const lines = kept(log).flatMap((line) => broken(line, width));
    for (const mark of ['', '> ', '>> '])
      expect(parseEvidence(lines.map((line) => mark + line).join('\n')).dmesg.map(clean)).toEqual(kept(log));
  });
  const clean = (line: string) => line.replace(/^[> ]+/, '');

  test('what stands for itself is left alone', () => {
    const text = [
      ...kept(log).flatMap((line) => broken(line, 76)),
      '-bash: echo: write error: Cannot allocate memory',
      'ens1f0 is the port',
    ];
    const read = parseEvidence(text.join('\n'));
    expect(read.dmesg).toEqual(kept(log));
    expect(read.other).toEqual(text.slice(-2));
  });
  test('a text with longer lines was not broken', () => {
    const text = [...log, 'x'.repeat(30) + ' ' + 'y'.repeat(90), 'short'].join('\n');
    expect(parseEvidence(text).dmesg).toEqual(log);
  });
});

describe('what mail programs and web pages code', () => {
  test.each([
    ['quoted-printable', 'BOOT_IMAGE=3D/vmlinuz root=3D/dev/sda1 intel_iommu=\n=3Doff'],
    ['entities', 'BOOT_IMAGE=/vmlinuz&nbsp;root=/dev/sda1 intel_iommu&#61;off'],
    ['entities twice', 'BOOT_IMAGE=/vmlinuz&amp;nbsp;root=/dev/sda1 intel_iommu&amp;#x3d;off'],
    ['spaces that are none', 'BOOT_IMAGE=/vmlinuz\u00a0root=/dev/sda1\u202fintel_iommu=\u200boff'],
  ])('%s', (_, text) => {
    expect(parseEvidence(text).cmdline).toBe('BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=off');
  });
  test('an equals sign of its own: nothing is coded', () => {
    expect(parseEvidence('options a=20 b=yes\nc=3D').other).toEqual(['options a=20 b=yes', 'c=3D']);
  });
  test('beyond ASCII', () => {
    expect(parseEvidence('caf=C3=A9 =3D =E5=BF=99').other).toEqual(['café = 忙']);
  });
});

test.each([
  ['PNG', '\ufffdPNG\r\n\u001a\n\0\0\0'],
  ['JPEG', '\ufffd\ufffd\ufffd\ufffd\0\u0010JFIF\0'],
  ['GIF', 'GIF89a\u0001'],
  ['PDF', '%PDF-1.7'],
])('a picture is not read: %s', (_, text) => {
  expect(() => parseEvidence(text)).toThrow(/picture/);
});
test('text about one is', () => {
  expect(parseEvidence('the PNG of my screen').other).toEqual(['the PNG of my screen']);
});
