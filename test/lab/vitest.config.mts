import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { shellText } from '../loaders/shellText.mts';

/** The default machine last: it may be kept for the suite that comes after, and no two run at once. */
class DefaultLast extends BaseSequencer {
  override sort = (files: TestSpecification[]) =>
    Promise.resolve(files.toSorted((a, b) => Number(isDefault(a)) - Number(isDefault(b))));
}

const isDefault = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/default.test.ts');

/** One for all files, so that each of two machines can have what the other one has not. */
process.env.LAB_SEED ??= `${Date.now() % 1_000_000}`;

export default defineConfig({
  plugins: [shellText()],
  test: {
    include: ['test/lab/*.test.ts'],
    reporters: ['verbose'],
    // One machine at a time. On two cores, two of two processors each take nearly three times as long, and two of one processor
    // twice as long: a look at a host is many processes at once.
    fileParallelism: false,
    sequence: { sequencer: DefaultLast },
    testTimeout: 240_000,
    hookTimeout: 600_000,
  },
});
