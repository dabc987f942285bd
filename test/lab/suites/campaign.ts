import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, named } from '../../faults/campaign';
import { functionKinds, routeKinds } from '../../faults/kinds';
import { losses } from '../../faults/table';
import { World } from '../../faults/world';
import type { Lab } from '../lab';
import { random, seed, shuffled } from '../random';

/** A sample of the fault campaign (`npm run test:faults`): another one each time, of some minutes. */
export function campaignSample(lab: Lab): void {
  describe('a sample of the fault campaign', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.enter(lab.variant, lab.sshConfig);
    });
    afterAll(() => world?.leave());

    test(`whatever goes wrong, as LAB_SEED=${seed} has it, nothing is lost`, async () => {
      const broken: unknown[] = [];
      const next = random(seed);
      const kinds = [functionKinds, routeKinds].flatMap((some) => shuffled(some, next).slice(0, 1));
      const results = await campaign(world, {
        ...{ seed, kinds, sample: 4 },
        onBroken: (_, error) => broken.push(error),
        onResult: (result) => console.log(`${result.ending} (reported ${result.reported}): ${named(result)}`),
      });
      expect(broken).toEqual([]);
      expect(losses(results)).toBe('');
      expect(results.length).toBeGreaterThanOrEqual(3);
    }, 600_000);
  });
}
