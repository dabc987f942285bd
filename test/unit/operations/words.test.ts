import { expect, test } from 'vitest';
import ownFolder from '../../../src/host/ownFolder.sh';
import dhcp from '../../../src/operations/dhcp.sh';
import executor from '../../../src/operations/executor.sh';
import fixVerbs from '../../../src/operations/fixVerbs.sh';
import hostUse from '../../../src/operations/hostUse.sh';
import locks from '../../../src/operations/locks.sh';
import namespaces from '../../../src/operations/namespaces.sh';
import settings from '../../../src/operations/settings.sh';
import verbs from '../../../src/operations/verbs.sh';

test('no word of a plan’s program is defined twice: the later one would be taken by everybody', () => {
  const programs = [verbs, settings, ownFolder, locks, namespaces, fixVerbs, dhcp, hostUse, executor].join(
    '\n',
  );
  const words = [...programs.matchAll(/^(\w+)\(\)/gm)].map(([, word]) => word);
  expect(words.length).toBeGreaterThan(50);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});
