import { afterAll, beforeAll, describe } from 'vitest';
import { useLab } from './useLab';
import { configure } from './suites/configure';
import { access } from './suites/access';
import { counts } from './suites/counts';
import { engines } from './suites/engines';
import { faults } from './suites/faults';
import { fixes } from './suites/fixes';
import { hostileNames } from './suites/hostile';
import { journal } from './suites/journal';
import { modes } from './suites/modes';
import { refusals } from './suites/refusals';
import { returning, walk } from './suites/walk';

describe('default', () => {
  const lab = useLab('default');
  const local = lab.by('local');
  beforeAll(async () => {
    await lab.podman(false);
    await lab.installCli();
  });
  afterAll(() => lab.podman(true));

  for (const by of [lab, local]) {
    walk(by);
    returning(by);
    counts(by);
    refusals(by);
  }
  engines(lab);
  access(lab);
  configure(lab);
  fixes(lab);
  modes(lab);
  faults(lab);
  journal(lab);
  hostileNames(lab);
});
