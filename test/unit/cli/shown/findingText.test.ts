import { expect, test } from 'vitest';
import { written } from '../../../../src/cli/shown/colors';
import { findingText } from '../../../../src/cli/shown/findingText';
import { elsewhere } from '../../../../src/cli/shown/styled';
import type { Finding } from '../../../../src/model/finding';

const finding: Finding = {
  ...{ id: 'a', cause: 'other', severity: 'warning', subject: 'host', title: 'It is slow' },
  explanation: 'It is read from far away, and then\nall of it is written again.',
  evidence: ['a line of a log that is as long as it is, since it is what was found'],
  fixes: [
    {
      ...{ kind: 'command', summary: 'Move it nearer', commands: ['mv far near'] },
      ...{ risk: null, needsReboot: true },
    },
  ],
};

test('what is explained is wrapped on a terminal; what is to be copied isn’t', () => {
  expect(written(findingText(finding, { ...elsewhere, columns: 40 }), false)).toBe(
    `\
WARNING It is slow [other, host]
        It is read from far away, and
        then\\nall of it is written
        again.
        | a line of a log that is as long as it is, since it is what was found
        fix: Move it nearer (needs a
        reboot)
          $ mv far near`,
  );
  expect(written(findingText(finding, elsewhere), false).split('\n')).toHaveLength(5);
});
