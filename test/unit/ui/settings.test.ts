import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import { readSettings, settingKeys } from '../../../src/ui/settings';

interface Property {
  default: unknown;
  scope: string;
  type: string;
  order: number;
  markdownDescription: string;
  enum?: unknown[];
  enumDescriptions?: string[];
  minimum?: number;
  maximum?: number;
  items?: object;
  additionalProperties?: unknown;
}
const properties: Record<string, Property> = manifest.contributes.configuration.properties;

test('every setting that is read is declared, and the other way round', () => {
  expect(Object.keys(properties).sort()).toEqual(settingKeys.map((key) => `sriov.${key}`).sort());
});

test('the defaults that are declared are those that are used', () => {
  expect(readSettings((key) => properties[`sriov.${key}`]?.default)).toEqual(readSettings(() => undefined));
});

test('nonsense in settings.json does no harm', () => {
  const nonsense = readSettings(() => ({ not: 'expected' }));
  expect(nonsense).toEqual(readSettings(() => undefined));
});

test('what names a program, a host or a flag can’t be set by a folder', () => {
  const names = Object.keys(properties).filter((name) => /ssh|host|confirm/.test(name));
  expect(names.filter((name) => properties[name]?.scope !== 'application')).toEqual([]);
});

test.each([
  ['', true],
  ['r740', true],
  ['admin@r740:2222', true],
  ['[2001:db8::1]:22', true],
  ['two hosts', false],
  ['-oProxyCommand=x', false],
])('the editor says of %j that it is a host: %j', (typed, isHost) => {
  const { pattern } = manifest.contributes.configuration.properties['sriov.host.default'];
  expect(new RegExp(pattern).test(typed)).toBe(isHost);
  const { items } = manifest.contributes.configuration.properties['sriov.hosts'];
  expect(new RegExp(items.pattern).test(typed)).toBe(isHost && typed !== '');
});

test('each is described, ordered, and of a kind that the editor can check', () => {
  const all = Object.entries(properties);
  expect(new Set(all.map(([, { order }]) => order)).size).toBe(all.length);
  for (const [name, one] of all) {
    expect([name, one.markdownDescription]).toEqual([name, `%setting.${name.replace('sriov.', '')}%`]);
    expect(['application', 'window']).toContain(one.scope);
    if (one.enum) expect([name, one.enumDescriptions?.length]).toEqual([name, one.enum.length]);
    if (one.type === 'number')
      expect([name, typeof one.minimum, typeof one.maximum]).toEqual([name, 'number', 'number']);
    if (one.type === 'array') expect([name, one.items]).toEqual([name, expect.anything()]);
    if (one.type === 'object') expect([name, one.additionalProperties]).toEqual([name, expect.anything()]);
  }
});
