import { expect, test } from 'vitest';
import { createHostControl } from '../../../src/control/createHostControl';
import { recordedHost, recordedHosts } from '../../hosts/index.mjs';
import { recordingHost } from './recording';

/** What the checks find on each recorded host, beside what passes: they are in order, but for what is said here. */
const found: Record<string, string[]> = {
  '82599': [],
  bcm57414: [],
  big: [],
  'cx5-legacy': [],
  'cx6-switchdev': ['pf-link-down: 0000:81:00.0'],
  e810: [],
  'e810-switchdev': [],
  infiniband: [],
  'two-ports': [],
  xl710: [],
};

test.each(recordedHosts)('the checks of the recorded host %s', async (name) => {
  const control = createHostControl(recordingHost(await recordedHost(name)));
  const findings = await control.diagnose();
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(grave.map(({ cause, subject }) => `${cause}: ${subject}`)).toEqual(found[name]);
  // No question is answered both ways.
  const titles = findings.filter(({ severity }) => severity === 'pass').map(({ title }) => title);
  const leftovers = findings.some(({ id }) => id === 'vf.brings-along');
  expect(titles.includes('No free VF has leftover settings')).toBe(!leftovers);
});
