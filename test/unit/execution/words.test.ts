import { expect, test } from 'vitest';
import ownFolder from '../../../src/host/ownFolder.sh';
import { engineWords } from '../../../src/execution/engineWords';
import dhcp from '../../../src/execution/program/dhcp.sh';
import executor from '../../../src/execution/program/executor.sh';
import fixVerbs from '../../../src/execution/program/fixVerbs.sh';
import hostUse from '../../../src/execution/program/hostUse.sh';
import locks from '../../../src/execution/program/locks.sh';
import namespaces from '../../../src/execution/program/namespaces.sh';
import settings from '../../../src/execution/program/settings.sh';
import verbs from '../../../src/execution/program/verbs.sh';

test('no word of a plan’s program is defined twice: the later one would be taken by everybody', () => {
  const programs = [
    verbs,
    settings,
    ownFolder,
    locks,
    engineWords,
    namespaces,
    fixVerbs,
    dhcp,
    hostUse,
    executor,
  ].join('\n');
  const words = [...programs.matchAll(/^(\w+)\(\)/gm)].map(([, word]) => word);
  expect(words.length).toBeGreaterThan(50);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});
