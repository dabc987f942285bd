import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** A sentence that a person reads when something isn't done: where it stands, of what kind it is, and how it reads. */
interface Sentence {
  file: string;
  kind: string;
  text: string;
  /** What can be done next, by its key; each front end has its own text. */
  next?: string;
}

/** Every refusal, every way in which a host isn't reached, every usage error and every precondition, from the sources themselves. */
function sentencesOf(file: string): Sentence[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Sentence[] = [];
  const add = (kind: string, node: ts.Expression | undefined, advice?: ts.Expression) => {
    const texts = node ? textsOf(node) : [];
    const next = /\bdo: '([\w-]+)'/.exec(advice?.getText() ?? '')?.[1];
    found.push(...texts.map((text) => ({ file: file.replace(/^src\//, ''), kind, text, next })));
  };
  const visit = (node: ts.Node): void => {
    const called = (ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.getText();
    if (ts.isCallExpression(node) && called === 'refuse')
      add(literal(node.arguments[0]), node.arguments[1], node.arguments[2]);
    if (ts.isNewExpression(node) && called === 'HostError') add('host', node.arguments?.[1]);
    if (ts.isNewExpression(node) && called === 'UsageError') add('usage', node.arguments?.[0]);
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'otherwise')
      add('precondition', node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const literal = (node: ts.Node | undefined): string => (node && ts.isStringLiteral(node) ? node.text : '…');

/** The texts that an expression can be, with `{…}` for what is filled in; none where it only passes one on. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (!ts.isTemplateExpression(node)) return [];
  return [
    node.head.text +
      node.templateSpans.map(({ expression, literal }) => `{${name(expression)}}${literal.text}`).join(''),
  ];
}

/** What is filled in, by its last name. */
const name = (node: ts.Expression): string => /(\w+)[^\w]*$/.exec(node.getText())?.[1] ?? '…';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file))
  .sort();
const all = files.flatMap(sentencesOf);

test('all refusals and failures stand in one table, to be read aloud when it changes', async () => {
  expect(all.length).toBeGreaterThan(100);
  const table = all.map(
    ({ file, kind, text, next }) =>
      `${kind.padEnd(18)} ${text}${next ? ` → ${next}` : ''}\n${' '.repeat(19)}(${file})\n`,
  );
  await expect(table.join('')).toMatchFileSnapshot('../fixtures/refusals.txt');
});

test.each(all.map((one) => [one.text, one] as const))('%s', (text) => {
  expect(text).toMatch(/^["“{A-Z]|^(sudo|ssh|eth|--)/);
  expect(text).toMatch(/[.?!]$|\}$/);
  expect(text).not.toMatch(/\s{2}|\n|undefined|[.]{3}|\berror\b.*\berror\b/i);
});

/** A refusal says more than what can't be: why, or what next. A colon, a second sentence or clause, or brackets tell it. */
test.each(
  all
    .filter(({ kind, next }) => !next && !['usage', 'precondition', 'invalid', '…'].includes(kind))
    .map((one) => [one.text]),
)('says why or what next: %s', (text) => {
  expect(text).toMatch(/[;:(]|[.?] \S|, so |, which |, because | while | before | already|\}$/);
});
