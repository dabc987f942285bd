import { expect, test } from 'vitest';
import { parseEvidence } from '../../../../src/diagnostics/parseEvidence';

const many = (line: string) => `${line}\n`.repeat(Math.ceil(300_000 / (line.length + 1)));

test.each([
  ['braces that are no JSON', many('{ not json')],
  ['a list that never ends', many('[ {"a": 1},')],
  ['equals signs', many('a=3D b=20 c=')],
  ['entities', many('&lt;&amp;lt;&#38;')],
  ['blocks of lshw without an end', many('  *-network UNCLAIMED')],
  ['open XML', many('<device><name>pci_')],
  ['quotation marks', many('> > > >')],
])('%s, again and again, take no more than their share of time', (_, text) => {
  const from = performance.now();
  parseEvidence(text);
  expect(performance.now() - from).toBeLessThan(3000);
});
