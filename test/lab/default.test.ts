import { afterAll, beforeAll, describe } from 'vitest';
import { seed } from './random';
import { useLab } from './useLab';
import { configure } from './suites/configure';
import { atTerminal } from './suites/atTerminal';
import { access } from './suites/access';
import { campaignSample } from './suites/campaign';
import { containerd } from './suites/containerd';
import { counts } from './suites/counts';
import { endings } from './suites/endings';
import { engines } from './suites/engines';
import { events } from './suites/events';
import { faults } from './suites/faults';
import { fixes } from './suites/fixes';
import { hostileNames } from './suites/hostile';
import { inUse } from './suites/inUse';
import { journal } from './suites/journal';
import { modes } from './suites/modes';
import { moves } from './suites/moves';
import { notNetwork } from './suites/notNetwork';
import { refusals } from './suites/refusals';
import { unprivileged } from './suites/unprivileged';
import { returning, walk } from './suites/walk';

describe(`default (LAB_SEED=${seed})`, () => {
  const lab = useLab('default');
  beforeAll(async () => {
    await lab.podman(false);
    await lab.installCli();
  });
  afterAll(() => lab.podman(true));

  // The core is the same however its host is reached; on the emulated machine itself each command takes twice as long.
  for (const by of [lab, lab.by('local')]) walk(by);
  returning(lab);
  refusals(lab);
  notNetwork(lab);
  counts(lab);
  engines(lab);
  containerd(lab);
  access(lab);
  configure(lab);
  fixes(lab);
  modes(lab);
  moves(lab);
  inUse(lab);
  faults(lab);
  journal(lab);
  endings(lab);
  events(lab);
  atTerminal(lab);
  campaignSample(lab);
  hostileNames(lab);
  unprivileged(lab);
});
