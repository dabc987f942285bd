import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  test: {
    include: ['test/lab/*.test.ts'],
    reporters: ['verbose'],
    // One machine at a time. On two cores, two of two processors each take nearly three times as long, and two of one processor
    // twice as long: a look at a host is many processes at once.
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 600_000,
  },
});
