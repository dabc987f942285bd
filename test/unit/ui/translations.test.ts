import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json';
import english from '../../../package.nls.json';
import { placesIn, textsOfCode } from './textsOfCode';

type Texts = Record<string, string>;
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Texts;
const languages = readdirSync(manifest.l10n).map((file) => file.split('.').at(-2)!);
const keys = [...new Set(textsOfCode().map(({ key }) => key))].sort();

test('German is there', () => {
  expect(languages).toContain('de');
});

describe.each(languages)('%s', (language) => {
  const bundle = read(`${manifest.l10n}/bundle.l10n.${language}.json`);
  const nls = read(`package.nls.${language}.json`);

  test('has exactly the texts of the code', () => {
    expect(Object.keys(bundle).sort()).toEqual(keys);
  });

  test('has exactly the texts of the manifest, in their order', () => {
    expect(Object.keys(nls)).toEqual(Object.keys(english));
  });

  test('leaves none empty', () => {
    expect([...Object.entries(bundle), ...Object.entries(nls)].filter(([, text]) => !text.trim())).toEqual(
      [],
    );
  });

  test('names the values of each text', () => {
    expect(Object.entries(bundle).filter(([key, text]) => placesIn(text) !== placesIn(key))).toEqual([]);
  });

  test('keeps the commands and the literal words of the manifest', () => {
    expect(
      Object.entries(english).filter(([key, text]) => literals(nls[key] ?? '') !== literals(text)),
    ).toEqual([]);
  });

  test('calls a command the same in the manifest and in the code', () => {
    const inCode = new Map(Object.entries(bundle).map(([key, text]) => [plain(key), plain(text)]));
    const inManifest = titles(nls);
    const both = titles(english)
      .map((title, at) => ({ title, code: inCode.get(title), manifest: inManifest[at] }))
      .filter(({ code }) => code !== undefined);
    expect(both.length).toBeGreaterThan(30);
    expect(both.filter((one) => one.code !== one.manifest)).toEqual([]);
  });
});

/** Targets of links, and what is typed as it stands. */
const literals = (text: string): string => [...(text.match(/\]\([^)]*\)|`[^`]*`/g) ?? [])].sort().join(' ');

/** The titles of commands, and of the links in welcome texts, which run them. */
const titles = (texts: Texts): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    key.startsWith('command.')
      ? plain(text)
      : [...text.matchAll(/\[([^\]]*)\]\(command:/g)].map(([, title = '']) => plain(title)),
  );

/** Whether something is asked first is not part of the name. */
const plain = (title: string): string => title.replace(/…$/, '');
