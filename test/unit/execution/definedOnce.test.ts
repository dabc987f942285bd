import { expect, test } from 'vitest';
import ownFolder from '../../../src/host/ownFolder.sh';
import { engineShell } from '../../../src/execution/engineShell';
import attempt from '../../../src/execution/program/attempt.sh';
import dhcp from '../../../src/execution/program/dhcp.sh';
import executor from '../../../src/execution/program/executor.sh';
import fixVerbs from '../../../src/execution/program/fixVerbs.sh';
import freshVerbs from '../../../src/execution/program/freshVerbs.sh';
import keptVerbs from '../../../src/execution/program/keptVerbs.sh';
import linkVerbs from '../../../src/execution/program/linkVerbs.sh';
import madeVerbs from '../../../src/execution/program/madeVerbs.sh';
import hostUse from '../../../src/execution/program/hostUse.sh';
import locks from '../../../src/execution/program/locks.sh';
import namespaces from '../../../src/execution/program/namespaces.sh';
import resume from '../../../src/execution/program/resume.sh';
import settings from '../../../src/execution/program/settings.sh';
import verbs from '../../../src/execution/program/verbs.sh';

test('no function of a plan’s program is defined twice: the later definition would win everywhere', () => {
  const programs = [
    verbs,
    settings,
    ownFolder,
    locks,
    engineShell,
    namespaces,
    fixVerbs,
    freshVerbs,
    dhcp,
    hostUse,
    keptVerbs,
    linkVerbs,
    madeVerbs,
    attempt,
    resume,
    executor,
  ].join('\n');
  const names = [...programs.matchAll(/^(\w+)\(\)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
