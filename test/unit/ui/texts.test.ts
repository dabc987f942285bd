import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { attachTitle } from '../../../src/ui/changes/attachTitle';
import { emptyDraft } from '../../../src/ui/changes/attachDraft';
import type { Container } from '../../../src/model/container';
import type { HostSnapshot } from '../../../src/model/snapshot';

const files = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src/ui', file));

test('every text names exactly the values that it is given', () => {
  const texts = files.flatMap(textsIn);
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(({ named, given }) => named !== given)).toEqual([]);
});

test('what looks like a place in a host’s name is left alone', () => {
  const container = { name: '{0}{1}' } as Container;
  expect(attachTitle({} as HostSnapshot, { ...emptyDraft, container }, false)).toBe('Attach a VF to {0}{1}');
});

interface Text {
  text: string;
  named: string;
  given: string;
}

/** The texts of a file: `{0}, {1}` as its words name them, and as values are given. */
function textsIn(file: string): Text[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') found.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf({ arguments: [first, ...rest] }: ts.CallExpression): Text {
  const [message, values] =
    first && ts.isObjectLiteralExpression(first)
      ? [property(first, 'message'), elements(property(first, 'args'))]
      : [first, rest];
  const text = message && ts.isStringLiteral(message) ? message.text : '';
  const named = [...new Set(text.match(/{[^}]*}/g))].sort().join(', ');
  return { text, named, given: values.map((_, index) => `{${index}}`).join(', ') };
}

const property = (object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined =>
  object.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)?.initializer;

const elements = (list: ts.Expression | undefined): readonly ts.Expression[] =>
  list && ts.isArrayLiteralExpression(list) ? list.elements : [];
