import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import { readSettings, settingKeys } from '../../../src/ui/settings';

const properties: Record<string, { default: unknown; scope: string }> =
  manifest.contributes.configuration.properties;

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
