import type { Position, TextDocument } from 'vscode';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { loadDeclared } from '../../../../src/planning/declared/load';
import { TypingHelp } from '../../../../src/ui/declared/typingHelp';
import { changed } from '../../planning/declared/simulated';
import { container, host, pf, vf } from '../../hosts/host';
import { fakeWorkbench } from '../fakeWorkbench';
import { Document, type Hover } from './fakeEditors';

vi.mock('vscode', () => import('./fakeEditors'));

const now = changed(
  changed(host({ pfs: [pf([vf(0), vf(1), vf(2)])], containers: [container('fw'), container('web')] }), {
    ...{ kind: 'attach', vf: 'enp1s0:1', container: 'fw', name: 'eth1' },
  }),
  { kind: 'configure', vf: 'enp1s0:2', vlan: { id: 7, qos: 0, proto: '802.1Q' } },
);

/** A file in which the cursor is at `|`. */
async function at(text: string, valid = text) {
  const { host: hosts } = await fakeWorkbench(now);
  const read = readDeclared(valid.replace('|', ''));
  const declared = 'declared' in read ? read.declared : undefined;
  const document = new Document('file:///sriov.yaml', text.replace('|', ''));
  const position = document.positionAt(text.indexOf('|'));
  const help = new TypingHelp(() => ({ declared, host: hosts.named('lab') }));
  return [help, document as unknown as TextDocument, position as unknown as Position] as const;
}
async function proposed(text: string, valid?: string): Promise<unknown[]> {
  const [help, document, position] = await at(text, valid);
  return help.provideCompletionItems(document, position).map(({ insertText }) => insertText);
}
async function told(text: string): Promise<string[] | undefined> {
  const [help, document, position] = await at(text);
  const hover = help.provideHover(document, position) as unknown as Hover | undefined;
  return hover?.contents.value.split('\n\n');
}

beforeAll(loadDeclared);

describe('while somebody types', () => {
  test.each([
    ['an adapter in a list', 'adapters:\n- nicSelector: {rootDevices: [|', ['"0000:01:00.0"']],
    ['within quotes', 'adapters:\n- nicSelector: {rootDevices: ["0000|"]}', ['0000:01:00.0']],
    ['in a list of lines', 'adapters:\n- nicSelector:\n    pfNames:\n    - |', ['"enp1s0"']],
    ['the most VFs', 'adapters:\n- nicSelector: {pfNames: [enp1s0]}\n  numVfs: |', ['7']],
    ['a container', 'attachments:\n- container: {engine: docker, name: f|', ['"fw"', '"web"']],
    [
      'a VF by its place',
      'attachments:\n- container: {name: fw}\n  vf: |\n',
      ['"0000:01:00.0#0"', '"0000:01:00.0#1"', '"0000:01:00.0#2"'],
    ],
    ['the name of the host', 'version: 1\nhost: |', ['"lab"']],
    ['nothing where a key is typed', 'attachments:\n- contain|', []],
    ['nothing that the schema lists', 'attachments:\n- container: {engine: |}', []],
  ])('%s', async (_, text, values) => {
    expect(await proposed(text)).toEqual(values);
  });

  test('groups are those of the file, as it was valid last', async () => {
    const valid =
      'version: 1\nadapters:\n- nicSelector: {vendor: "8086"}\n  vfGroups:\n  - {vfRange: "0-1", resourceName: fast}\n';
    const text = `${valid}attachments:\n- container: {name: fw}\n  vf: {resourceName: |`;
    expect(await proposed(text, valid)).toEqual(['"fast"']);
  });
});

describe('what is pointed at', () => {
  const file = (more: string) =>
    `version: 1\nadapters:\n- nicSelector: {rootDevices: ["0000:01:00.0"]}\n${more}`;

  test('a setting: as the VFs have it now, neighbours together', async () => {
    expect(await told(file('  vfGroups:\n  - {vfRange: "0-2", vl|an: 5}\n'))).toEqual([
      'Now on lab:',
      'enp1s0, VFs 0 to 1: none',
      'enp1s0, VF 2: 7',
    ]);
  });

  test('a range: who has them', async () => {
    expect(await told(file('  vfGroups:\n  - vfRange: "|0-1"\n'))).toEqual([
      'Now on lab:',
      'enp1s0, VF 0: enp1s0v0 · igbvf',
      'enp1s0, VF 1: fw:eth1',
    ]);
  });

  test('an adapter', async () => {
    expect((await told(file('  numVfs: |3\n')))?.[1]).toMatch(
      /^enp1s0 · 0000:01:00\.0 .* 3 of 7 VFs, 2 free$/,
    );
  });

  test('an attachment: where its VF is', async () => {
    expect(await told(file('attachments:\n- container: {name: web}\n  vf: enp1|s0#1\n'))).toEqual([
      'Now on lab:',
      'VF 1 of enp1s0: fw:eth1',
    ]);
  });

  test('nothing in a comment', async () => {
    expect(await told(file('  numVfs: 3 # as |many\n'))).toBeUndefined();
  });
});
