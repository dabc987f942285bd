import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { hinted, hintsFor } from '../../../src/model/counters/hints';

export interface Text {
  /** What translations know it by: its words, and the comment where it has one. */
  key: string;
  /** `{0}, {1}` as its words name them, and as values are given. */
  named: string;
  given: string;
}

/** The texts of the workbench, in the order of the code, and the sentences of the core that it translates. */
export const textsOfCode = (): Text[] => [
  ...readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => textsIn(join('src/ui', file))),
  ...sentencesOfHints().map((key) => ({ key, named: '', given: '' })),
];

/** What growing counters mean, and what can be done. */
const sentencesOfHints = (): string[] =>
  (['own', 'pf'] as const).flatMap((side) =>
    hinted.flatMap((counter) =>
      hintsFor(side, { [counter]: 1 }).flatMap(({ means, advice }) => [means, advice]),
    ),
  );

/** The places of a text, in order and each once. */
export const placesIn = (text: string): string => [...new Set(text.match(/{[^}]*}/g))].sort().join(', ');

function textsIn(file: string): Text[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t' && !isOfCore(node))
      found.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A sentence that the core has in full. */
const isOfCore = ({ arguments: [first] }: ts.CallExpression): boolean => first?.getText() === 'sentence';

function textOf({ arguments: [first, ...rest] }: ts.CallExpression): Text {
  const [message, values, comments] =
    first && ts.isObjectLiteralExpression(first)
      ? [property(first, 'message'), elements(property(first, 'args')), elements(property(first, 'comment'))]
      : [first, rest, []];
  const text = literal(message);
  return {
    key: comments.length === 0 ? text : `${text}/${comments.map(literal).join('')}`,
    named: placesIn(text),
    given: values.map((_, index) => `{${index}}`).join(', '),
  };
}

const literal = (node: ts.Expression | undefined): string =>
  node && ts.isStringLiteral(node) ? node.text : '';

const property = (object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined =>
  object.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)?.initializer;

const elements = (list: ts.Expression | undefined): readonly ts.Expression[] =>
  list && ts.isArrayLiteralExpression(list) ? list.elements : [];
