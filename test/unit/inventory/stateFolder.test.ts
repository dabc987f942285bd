import { expect, test } from 'vitest';
import { stateFolder } from '../../../src/model/stateFolder';
import configuration from '../../../src/inventory/configuration.sh';
import evidence from '../../../src/inventory/evidence.sh';
import { probe } from '../../../src/inventory/probe';
import executor from '../../../src/execution/program/executor.sh';

test.each(Object.entries({ configuration, evidence, probe, executor }))(
  '%s.sh keeps and reads what is kept on the host in the same folder',
  (_, program) => {
    const folders = [...program.matchAll(/\/var\/lib\/sriov[\w-]*/g)].map(([folder]) => folder);
    expect([...new Set(folders)]).toEqual([stateFolder]);
  },
);
