import { expect, test } from 'vitest';
import { onTheCommandLine } from '../../../src/cli/adviceText';
import type { Advice } from '../../../src/model/advice';

const name = 'x;pwned';
test.each<Advice>([
  { do: 'say-whose', function: name },
  { do: 'force', name },
  { do: 'create-vfs', pf: name },
  { do: 'let-macs-through', vf: '0000:01:10.0', label: name },
])('a name is one word of the command that $do suggests', (advice) => {
  const said = onTheCommandLine.say(advice);
  expect(said).toContain("'x;pwned'");
  expect(said.replaceAll("'x;pwned'", '')).not.toContain('pwned');
});
