import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDeclared } from '../../../src/declared/readDeclared';
import { goodFile } from './goodFile';

/** `LINE:COLUMN: TEXT` of each problem, or of each warning. */
const said = (text: string): string[] => {
  const read = readDeclared(text);
  return ('problems' in read ? read.problems : read.warnings).map(
    (one) => `${one.line}:${one.column}: ${one.text}`,
  );
};
const declaredIn = (text: string) => {
  const read = readDeclared(text);
  if ('problems' in read) throw new Error(said(text).join('\n'));
  return read.declared;
};
const one = (more: string): string =>
  `version: 1\nadapters:\n  - nicSelector: {rootDevices: ["0000:01:00.0"]}\n${more}`;

describe('sriov.yaml', () => {
  test('everything that can be in it is read, on and off as words or not', () => {
    const { adapters, attachments } = declaredIn(goodFile);
    expect(adapters?.[0]).toMatchObject({
      numVfs: 4,
      vfGroups: [
        { vfRange: '0-1', vlan: 100, vlanProto: '802.1q' },
        { vfRange: '2', spoofChk: true, trust: false, maxTxRate: 500 },
        { vfRange: '3', deviceType: 'vfio-pci' },
      ],
    });
    expect(attachments?.[1]).toEqual({
      ...{ container: { compose: { project: 'shop', service: 'web' } }, vf: { resourceName: 'fast' } },
      ...{ dhcp: true, lasting: true },
    });
    expect(
      declaredIn(goodFile.replace('trust: off', 'trust: true')).adapters?.[0]?.vfGroups?.[1]?.trust,
    ).toBe(true);
  });

  test('with the line ends of Windows it is the same', () => {
    expect(declaredIn(goodFile.replaceAll('\n', '\r\n'))).toEqual(declaredIn(goodFile));
  });

  test('a name alone is a warning', () => {
    const text = goodFile.replace('rootDevices: ["0000:01:00.0"]', 'pfNames: [enp1s0]');
    expect(said(text)).toEqual([
      '5:28: The name of an adapter can change; its PCI address (rootDevices) cannot.',
    ]);
  });

  test.each<[string, string, ...string[]]>([
    ['nothing', '', '1:1: This is empty; a file begins with "version: 1".'],
    ['a list', '- a', '1:1: This is a list; a file begins with "version: 1".'],
    ['no version', 'adapters: []', '1:1: "version" is missing.'],
    ['another version', 'version: 2', '1:10: "version" must be 1, not 2.'],
    ['an unknown key', 'version: 1\nadaptors: []', '2:1: "adaptors" is not a key here.'],
    ['a wrong type', one('    numVfs: four'), '4:13: "numVfs" must be a number, not "four".'],
    ['a broken number', one('    numVfs: 1.5'), '4:13: "numVfs" must be a whole number, not 1.5.'],
    [
      'out of range',
      one('    vfGroups: [{vfRange: "0", vlan: 4095}]'),
      '4:37: "vlan" must be at most 4094, not 4095.',
    ],
    ['an odd word', one('    vfGroups: [{vfRange: "0", trust: maybe}]'), '4:38: "trust" must be true, false or "on" or "off", not "maybe".'], // prettier-ignore
    ['no range', one('    vfGroups: [{vfRange: "x"}]'), `4:26: "vfRange" can't be "x".`],
    [
      'a range backwards',
      one('    vfGroups: [{vfRange: "3-1"}]'),
      '4:16: vfRange 3-1 ends before it begins.',
    ],
    ['beyond numVfs', one('    numVfs: 2\n    vfGroups: [{vfRange: "0-2"}]'), '5:26: There is no VF 2: numVfs is 2, so the last one is 1.'], // prettier-ignore
    [
      'a VF in two groups',
      one('    vfGroups: [{vfRange: "0-2"}, {vfRange: "1"}]'),
      '4:44: VF 1 is in two groups.',
    ],
    ['a VF in two groups, the first of which is long', one('    vfGroups: [{vfRange: "0-9"}, {vfRange: "1"}, {vfRange: "5"}]'), '4:44: VF 1 is in two groups.', '4:60: VF 5 is in two groups.'], // prettier-ignore
    ['a key twice', 'version: 1\nversion: 1', '2:1: Map keys must be unique'],
    ['a tab', 'version: 1\nadapters:\n\t- a', '3:1: Tabs are not allowed as indentation'],
    ['two documents', 'version: 1\n---\nversion: 1\n', '2:1: There must be one document, not several.'],
    [
      'an open bracket',
      'version: [1',
      '1:12: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['no adapter', 'version: 1\nadapters:\n  - nicSelector: {}', '3:18: Name an adapter: rootDevices, pfNames, vendor or deviceID.'], // prettier-ignore
    ['a number for a text', 'version: 1\nadapters:\n  - nicSelector: {deviceID: 1572}', '3:29: "deviceID" must be a string (perhaps in quotes), not 1572.'], // prettier-ignore
    ['VLAN details without a VLAN', one('    vfGroups: [{vfRange: "0", vlanQoS: 1}]'), '4:16: vlanQoS and vlanProto require a vlan.'], // prettier-ignore
    ['vfio-pci with an MTU', one('    vfGroups: [{vfRange: "0", deviceType: vfio-pci, mtu: 1500}]'), '4:16: A VF that is bound to vfio-pci has no network device, so it has no mtu.'], // prettier-ignore
  ])('%s: an error, with its place', (_, text, ...problems) => {
    expect(said(text)).toEqual(problems);
  });

  test.each<[string, string, string]>([
    ['an address twice', 'attachments:\n  - {container: {name: a}, vf: "p#0", interface: {addresses: [10.0.0.1/24]}}\n  - {container: {name: b}, vf: "p#1", interface: {addresses: [10.0.0.1/16]}}', '4:63: 10.0.0.1/16 is given twice.'], // prettier-ignore
    ['a VF twice', 'attachments:\n  - {container: {name: a}, vf: "p#0"}\n  - {container: {name: b}, vf: "P#0"}', '4:32: p#0 is attached twice.'], // prettier-ignore
    ['no such group', 'attachments:\n  - {container: {name: a}, vf: {resourceName: x}}', '3:47: There is no group "x" in this file.'], // prettier-ignore
    ['a bad address', 'attachments:\n  - {container: {name: a}, vf: "p#0", interface: {addresses: [10.0.0.0/24]}}', '3:62: "10.0.0.0/24" is a network; specify an address in it.'], // prettier-ignore
    ['a container in two ways', 'attachments:\n  - {container: {name: a, label: b=c}, vf: "p#0"}', '3:17: Name the container in one way: name, compose or label.'], // prettier-ignore
    ['a label that does not last', 'attachments:\n  - {container: {label: b=c}, vf: "p#0"}', '3:5: A label requires lasting: true.'], // prettier-ignore
    ['families mixed', 'attachments:\n  - {container: {name: a}, vf: "p#0", routes: [{destination: "::/0", gateway: 10.0.0.1}]}', '3:48: ::/0 and 10.0.0.1 are of different address families.'], // prettier-ignore
  ])('%s: an error, with its place', (_, text, problem) => {
    expect(said(`version: 1\n${text}`)).toEqual([problem]);
  });

  test('a bomb of aliases, 10 MB and a deep nest are errors, and quick ones', { timeout: 20_000 }, () => {
    const row = (name: string, of: string) =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => of).join(', ')}]\n`;
    const bomb = `a: &a [x]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((name, at) => row(name, `*${'abcdef'[at]}`)).join('')}`;
    expect(said(`version: 1\n${bomb}`)).toEqual([
      '3:8: There are too many aliases; at most 100 are allowed.',
    ]);
    expect(said(`version: 1\n# ${'x'.repeat(10_000_000)}`)).toEqual(['1:1: This is larger than 1 MiB.']);
    for (const deep of ['['.repeat(20_000), `${'- '.repeat(20_000)}a`, '{a: '.repeat(20_000)])
      expect(said(deep).length, deep.slice(0, 4)).toBeGreaterThan(0);
  });

  test(
    'whatever is done to a good file, it is read, or there is an error with a place in it',
    { timeout: 60_000 },
    () => {
      const lines = goodFile.split('\n');
      const piece = fc.constantFrom('\t', '{', '}', '[', ']', ':', '&a ', '*a', '- ', '"', "'", '|', '!!binary ', '<<: ', '\0', '\u2028', '0x', '-1', '1e9', '~', '? ', '%YAML 3\n---\n', '...\n', '__proto__: 1\n'); // prettier-ignore
      const at = fc.nat(goodFile.length);
      const mutation = fc.oneof(
        fc.tuple(at, piece).map(([place, what]) => goodFile.slice(0, place) + what + goodFile.slice(place)),
        fc
          .tuple(at, fc.nat(30))
          .map(([place, count]) => goodFile.slice(0, place) + goodFile.slice(place + count)),
        fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)).map(([from, to]) => {
          const copy = [...lines];
          copy.splice(to, 0, lines[from] ?? '');
          return copy.join('\n');
        }),
        fc
          .tuple(fc.nat(lines.length - 1), fc.nat(6))
          .map(([which, indent]) =>
            lines
              .map((line, index) => (index === which ? ' '.repeat(indent) + line.trim() : line))
              .join('\n'),
          ),
      );
      fc.assert(
        fc.property(mutation, (text) => {
          const read = readDeclared(text);
          if (!('problems' in read)) return;
          expect(read.problems.length).toBeGreaterThan(0);
          for (const { line, column, text: says } of read.problems) {
            expect(says).not.toBe('');
            expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
            expect(column).toBeGreaterThan(0);
          }
        }),
        { numRuns: 250 },
      );
    },
  );
});
