import { beforeAll, describe } from 'vitest';
import { useLab } from './lab';
import { counts } from './suites/counts';
import { engines } from './suites/engines';
import { faults } from './suites/faults';
import { hostileText } from './suites/hostile';
import { refusals } from './suites/refusals';
import { returning, walk } from './suites/walk';

describe('default', () => {
  const lab = useLab('default');
  beforeAll(() => lab.installCli());

  for (const by of [lab, lab.by('local')]) {
    walk(by);
    returning(by);
    counts(by);
    refusals(by);
  }
  engines(lab);
  faults(lab);
  hostileText(lab);
});
