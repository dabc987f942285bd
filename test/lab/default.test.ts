import { beforeAll, describe } from 'vitest';
import type { Lab } from './lab';
import { useLab } from './useLab';
import { configure } from './suites/configure';
import { access } from './suites/access';
import { counts } from './suites/counts';
import { engines } from './suites/engines';
import { faults } from './suites/faults';
import { hostileText } from './suites/hostile';
import { journal } from './suites/journal';
import { modes } from './suites/modes';
import { refusals } from './suites/refusals';
import { returning, walk } from './suites/walk';

describe('default', () => {
  const lab = useLab('default');
  const mainJob = (by: Lab) => {
    walk(by);
    returning(by);
    counts(by);
    refusals(by);
  };
  mainJob(lab);
  engines(lab);
  access(lab);
  configure(lab);
  modes(lab);
  faults(lab);
  journal(lab);
  hostileText(lab);
  describe('on the host itself', () => {
    beforeAll(() => lab.installCli());
    mainJob(lab.by('local'));
  });
});
