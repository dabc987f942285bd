import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readDeclared } from '../../../../src/declared/readDeclared';
import type { Declared } from '../../../../src/model/declared/declared';
import type { ChangeRequest } from '../../../../src/model/request';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { adopted } from '../../../../src/planning/declared/adopted';
import { exportFormats, type ExportFormat } from '../../../../src/planning/declared/exports/formats';
import { accepts } from '../../../../src/planning/declared/exports/operator';
import { eachFile, onePage } from '../../../../src/planning/declared/exports/rendered';
import { exported } from '../../../../src/planning/declared/exports/targets';
import { forNetworkd } from '../../../../src/planning/made/inTheirWords';
import { goodFile } from '../../declared/goodFile';
import { container, host, pf, vf } from '../../hosts/host';
import { manyThings } from './manyThings';
import { changed } from './simulated';

const read = (text: string): Declared | undefined => {
  const found = readDeclared(text);
  return 'problems' in found ? undefined : found.declared;
};
const declaredIn = (text: string): Declared => read(text) ?? expect.unreachable(text);

const containers = [container('fw'), container('router')];
const changes: ChangeRequest[] = [
  { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1', addresses: ['10.0.0.1/24'] },
  { kind: 'configure', vf: 'enp1s0:1', vlan: { id: 42, qos: 3, proto: '802.1Q' }, trust: true },
  { kind: 'configure', vf: 'enp1s0:2', driver: 'vfio-pci' },
];
const start = host({ containers, pfs: [pf([0, 1, 2].map((index) => vf(index)))] });
const live = changes.reduce(changed, start);

interface Source {
  declared: Declared;
  snapshot?: HostSnapshot;
}
const sources: Record<string, Source> = {
  'a-file': { declared: declaredIn(goodFile) },
  'many-things': { declared: declaredIn(manyThings) },
  'a-host': { declared: adopted(live).declared, snapshot: live },
};
const each = Object.entries(sources).flatMap(([name, source]) =>
  exportFormats.map((format) => ({ name, format, ...source })),
);
const textOf = (format: ExportFormat, { declared, snapshot }: Source): string =>
  onePage(exported(format, declared, snapshot), { format, host: declared.host });

describe('a file in the words of something else', () => {
  test.each(each)('$name for $format', async ({ name, format, declared, snapshot }) => {
    const text = `${textOf(format, { declared, snapshot })}\n`;
    await expect(text).toMatchFileSnapshot(`../../../fixtures/exports/${name}.${format}.txt`);
  });
});

test('the guide shows what each target gets', () => {
  const guide = readFileSync('docs/declared.md', 'utf8').split('\n## Export\n')[1] ?? '';
  const [, text = ''] = /```yaml\n([^]*?\n)```/.exec(guide) ?? [];
  const source = { declared: declaredIn(text) };
  expect(guide).toContain(`$ sriov export link sriov.yaml\n${textOf('link', source)}\n\`\`\`\n`);
  for (const format of exportFormats) {
    const [file] = exported(format, source.declared).files;
    expect(guide).toContain(`\`${format}\``);
    expect(guide).toContain(`\n${file?.text}\n\`\`\`\n`);
  }
});

/** The places of all keys and elements. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return [place, ...placesIn(one, place)];
  });
}

/** Without what is at a place; undefined if that is no valid file. */
function without(declared: Declared, place: (string | number)[]): Declared | undefined {
  const copy = structuredClone(declared);
  const last = place.at(-1) ?? '';
  const holder = place.slice(0, -1).reduce<unknown>((one, key) => (one as never)[key], copy);
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
  return read(JSON.stringify(copy));
}

/** Each file with one thing less, unless that is as if it were there. */
const withLess = [goodFile, manyThings].map(declaredIn).flatMap((declared) =>
  placesIn(declared).flatMap((place) => {
    const less = without(declared, place);
    return less === undefined || isDefault(declared, place)
      ? []
      : [{ declared, less, place: place.join('.') }];
  }),
);

function isDefault(declared: Declared, place: (string | number)[]): boolean {
  const value = place.reduce<unknown>((one, key) => (one as never)[key], declared);
  return place.at(-1) === 'vlanProto' && value === '802.1q';
}

describe('nothing is dropped', () => {
  test.each(exportFormats)('%s: what is declared is in a file or unsaid', (format) => {
    const said = (declared: Declared) => {
      const all = exported(format, declared);
      return `${JSON.stringify(all)}${onePage(all, { format, host: declared.host })}`;
    };
    expect(withLess.length).toBeGreaterThan(80);
    for (const { declared, less, place } of withLess) expect(said(less), place).not.toBe(said(declared));
  });

  test.each(exportFormats)('%s: nor is another value the same', (format) => {
    const others: [string, string][] = [
      ['0000:02:00.0', '0000:02:00.7'],
      ['vfRange: "0-1"', 'vfRange: "1"'],
      ['slow-lane', 'slow_lane'],
      ['numVfs: 8', 'numVfs: 7'],
      ['destination: 192.0.2.0/24', 'destination: 198.51.100.0/24'],
      ['gateway: 10.0.0.254', 'gateway: 10.0.0.253'],
      ['engine: netns', 'engine: podman'],
      ['name: router', 'name: switch'],
      ['service: web', 'service: api'],
      ['mtu: 9000', 'mtu: 9001'],
      ['spoofChk: off', 'spoofChk: on'],
      ['linkState: enable', 'linkState: disable'],
    ];
    const before = JSON.stringify(exported(format, declaredIn(manyThings)));
    for (const [from, to] of others) {
      const after = manyThings.replaceAll(from, to);
      expect(after).not.toBe(manyThings);
      expect(JSON.stringify(exported(format, declaredIn(after))), to).not.toBe(before);
    }
  });
});

const documents = (text: string): Record<string, unknown>[] =>
  (['1.1', '1.2'] as const)
    .map((version) =>
      parseAllDocuments(text, { version }).map((one) => {
        expect(one.errors).toEqual([]);
        return one.toJS() as Record<string, unknown>;
      }),
    )
    .reduce((one, other) => {
      expect(other).toEqual(one);
      return one;
    });

describe('the targets take it', () => {
  const all = Object.values(sources);
  const filesOf = (format: ExportFormat) =>
    all.flatMap(({ declared, snapshot }) =>
      eachFile(exported(format, declared, snapshot), { format, host: declared.host }),
    );

  test('readers of YAML 1.1 and 1.2 read the same', () => {
    for (const format of ['operator', 'netplan', 'nmstate', 'compose'] as const) {
      expect(filesOf(format)).not.toEqual([]);
      for (const { text } of filesOf(format)) documents(text);
    }
  });

  test.each([
    ['netplan', 'network version ethernets virtual-function-count embedded-switch-mode'],
    ['nmstate', 'interfaces name type state mtu identifier pci-address ethernet sr-iov total-vfs drivers-autoprobe vfs id spoof-check trust min-tx-rate max-tx-rate vlan-id qos vlan-proto'],
    ['compose', 'name services container_name devices'],
  ] as [ExportFormat, string][])('%s: only keys that it knows', (format, known) => {
    const keysIn = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([key, one]) => [
            ...(Array.isArray(value) || isName(key) ? [] : [key]),
            ...keysIn(one),
          ]);
    const isName = (key: string) => /^(enp\w+|fw|router|web)$/.test(key);
    const keys = filesOf(format).flatMap(({ text }) => keysIn(documents(text)));
    expect([...new Set(keys)].filter((key) => !known.split(' ').includes(key))).toEqual([]);
  }); // prettier-ignore

  test('the operator: as its CRDs and its webhook demand', () => {
    interface Spec extends Record<string, unknown> {
      resourceName: string;
      numVfs: number;
      nicSelector: { pfNames?: string[]; rootDevices?: string[]; vendor?: string };
    }
    const files = filesOf('operator').map(
      ({ text }) =>
        documents(text) as unknown as {
          kind: string;
          metadata: { name: string; namespace: string };
          spec: Spec;
        }[],
    );
    for (const objects of files) {
      const policies = objects.filter(({ kind }) => kind === 'SriovNetworkNodePolicy');
      expect(objects.length).toBe(2 * policies.length);
      const roots = policies.flatMap(({ spec }) => spec.nicSelector.rootDevices ?? []);
      expect(new Set(roots).size).toBe(roots.length);
      for (const { metadata, spec } of objects) {
        expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        expect(spec.resourceName).toMatch(accepts.resourceName);
        for (const [key, allowed] of Object.entries(accepts.words))
          expect([undefined, ...allowed], key).toContain(spec[key]);
        for (const { key, least, most } of accepts.numbers) {
          expect(spec[key] ?? least, key).toBeGreaterThanOrEqual(least);
          expect(spec[key] ?? least, key).toBeLessThanOrEqual(most);
        }
      }
      for (const { spec } of policies) {
        expect(Object.keys(spec)).toEqual(expect.arrayContaining(accepts.required));
        expect(Object.keys(spec.nicSelector)).not.toEqual([]);
        for (const name of spec.nicSelector.pfNames ?? []) {
          expect(name).toMatch(accepts.pfName);
          expect(Number(/(\d+)$/.exec(name.split('#')[1] ?? '')?.[1] ?? 0)).toBeLessThan(spec.numVfs);
        }
      }
    }
  });

  test.each([
    ['link', { Match: 'Path', Link: 'NamePolicy AlternativeNamesPolicy MACAddressPolicy SR-IOVVirtualFunctions', 'SR-IOV': 'VirtualFunction VLANId QualityOfService VLANProtocol MACSpoofCheck Trust LinkState' }],
    ['networkmanager', { connection: 'id type interface-name', match: 'path', sriov: 'total-vfs autoprobe-drivers eswitch-mode vf.N', ipv4: 'method', ipv6: 'method' }],
    ['quadlet', { Container: 'ContainerName AddDevice' }],
  ] as [ExportFormat, Record<string, string>][])('%s: only keys that it knows, each in its section', (format, known) => {
    const files = filesOf(format);
    expect(files).not.toEqual([]);
    for (const { text } of files) {
      let section = '';
      for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
        const [, next] = /^\[(.+)\]$/.exec(line) ?? [];
        section = next ?? section;
        const key = line.split('=')[0]?.replace(/^vf\.\d+$/, 'vf.N') ?? '';
        expect(next === undefined ? known[section]?.split(' ') : Object.keys(known)).toContain(next ?? key);
      }
    }
  }); // prettier-ignore

  test('udev has no word for "no VLAN", which a new VF has', () => {
    expect(forNetworkd({ vlan: { id: 0, qos: 0, proto: '802.1Q' } })).toEqual([]);
    expect(forNetworkd({ vlan: { id: 7, qos: 0, proto: '802.1ad' } })).toContain('VLANProtocol=802.1ad');
  });
});

test('no text of the file becomes a line of its own, or the name of a file elsewhere', () => {
  const evil = 'x\n[Link]\nevil: 1\r# ../../x';
  const declared: Declared = {
    ...{ version: 1, host: evil },
    adapters: [{ nicSelector: { pfNames: [evil] }, numVfs: 1, vfGroups: [{ vfRange: '0', resourceName: evil }] }],
    attachments: [
      { container: { name: evil }, vf: evil, interface: { name: 'eth1' } },
      { container: { name: 'fw' }, vf: evil, interface: { name: 'eth1' } },
      { container: { compose: { project: evil, service: evil } }, vf: 'a#0', interface: { name: 'eth1' } },
    ],
  }; // prettier-ignore
  for (const format of exportFormats) {
    const all = exported(format, declared);
    expect(onePage(all, { format, host: evil })).not.toMatch(/^(\[Link\]|evil|# \.\.)/m);
    for (const { name } of all.files) expect(name).toMatch(/^[\w.-]+(\.container\.d\/10-sriov\.conf)?$/);
  }
});
