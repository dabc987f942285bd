import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import strings from '../../package.nls.json';
import german from '../../l10n/bundle.l10n.de.json';
import { parse } from '../../src/cli/parse';

const pages = ['README.md', ...readdirSync('docs').map((file) => join('docs', file))].filter((file) =>
  file.endsWith('.md'),
);
const textOf = (file: string): string => readFileSync(file, 'utf8');
/** What is told to a user: all of it but the reasons. */
const guide = pages.filter((file) => file !== 'docs/decisions.md');
/** All that a pattern finds, each with the page where it stands. */
const found = (files: string[], pattern: RegExp): [page: string, ...parts: string[]][] =>
  files.flatMap((file) =>
    [...textOf(file).matchAll(pattern)].map(([, ...parts]): [string, ...string[]] => [file, ...parts]),
  );
const missing = <T>(all: T[], isThere: (one: T) => boolean): T[] => all.filter((one) => !isThere(one));

describe('the guide', () => {
  test('leads to pages and headings that there are', () => {
    const links = found(pages, /\]\((?!https?:|command:|images\/)([^)#\s]*)(?:#([^)\s]+))?\)/g);
    expect(links.length).toBeGreaterThan(40);
    const dead = missing(links, ([page, path = '', heading]) => {
      const to = path === '' ? page : normalize(join(dirname(page), path));
      return existsSync(to) && (heading === undefined || headingsOf(to).includes(heading));
    });
    expect(dead).toEqual([]);
  });

  test('is reached as a whole from its first page', () => {
    const linked = found(['docs/README.md'], /\]\(([\w-]+\.md)\)/g).map(([, file = '']) =>
      join('docs', file),
    );
    expect(missing(pages, (page) => ['README.md', 'docs/README.md', ...linked].includes(page))).toEqual([]);
  });

  test('calls commands, buttons and rows what they are called', () => {
    const known = new Set(
      [...Object.values(strings), ...Object.keys(german)].map((text) => text.replaceAll('’', "'")),
    );
    const named = found(guide, /(?<![*\w])\*([A-Z][^*\n]+?)\*(?!\*)/g);
    expect(named.length).toBeGreaterThan(50);
    expect(missing(named, ([, name = '']) => isKnown(known, name.replaceAll('’', "'")))).toEqual([]);
  });

  test('names settings that there are', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    const named = found(guide, /`"?(sriov\.[\w.]+)"?/g).filter(([, name]) => name !== 'sriov.group');
    expect(named.length).toBeGreaterThan(5);
    expect(missing(named, ([, name = '']) => settings.includes(name))).toEqual([]);
  });

  test('has command lines that sriov takes', () => {
    const lines = found(guide, /(?:^|[`(\s])(sriov (?:-|[a-z])[^`|>#)\n]*)/gm)
      .map(([page, line = '']) => [page, line.trim()] as const)
      .filter(([, line]) => !line.includes('…') && /^sriov (--host|[a-z-]+( |$))/.test(line));
    expect(lines.length).toBeGreaterThan(25);
    expect(missing(lines, ([, line]) => takes(line.split(/\s+/).slice(1)))).toEqual([]);
  });
});

/** The whole text, or the end of one that names something before it. */
const isKnown = (known: Set<string>, name: string): boolean =>
  known.has(name) || [...known].some((text) => text.endsWith(`, ${name}`));

function takes(argv: string[]): boolean {
  try {
    parse(argv);
    return true;
  } catch {
    return false;
  }
}

/** Headings as links name them. */
const headingsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

describe('the pictures of the guide', () => {
  const shown = found(pages, /!\[[^\]]+\]\(images\/([^)]+)\)/g).map(([, name = '']) => name);
  const tests = readdirSync('test/e2e')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => textOf(join('test/e2e', file)))
    .join('\n');

  test('are in their folder, and nothing else is', () => {
    expect(readdirSync('docs/images').sort()).toEqual([...new Set(shown)].sort());
  });

  test.each(shown)('%s is one that a test takes, and small', (name) => {
    const [, shot = '', theme = ''] = /^([\w-]+)\.([\w-]+)\.png$/.exec(name) ?? [];
    const inAllThemes = `(shotInAllThemes\\(|barriersInAllThemes\\(workbench, )'${shot}'\\)`;
    expect(tests).toMatch(new RegExp(theme === 'dark' ? `${inAllThemes}|shot\\('${shot}'\\)` : inAllThemes));
    expect(statSync(join('docs/images', name)).size).toBeLessThan(150_000);
  });
});

test('the reasons name tests that there are', () => {
  const named = found(['docs/decisions.md'], /`((?:unit|lab|e2e|extension)\/[\w./]+)` “([^”]+)”/g);
  expect(named.length).toBeGreaterThan(50);
  const gone = missing(named, ([, path = '', title = '']) => {
    const file = [`test/${path}.ts`, `test/${path}.test.ts`].find((one) => existsSync(one));
    return file !== undefined && textOf(file).replaceAll("\\'", "'").includes(title);
  });
  expect(gone.map(([, path, title]) => `${path}: ${title}`)).toEqual([]);
});
