import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  test: {
    include: ['test/lab/*.test.ts'],
    reporters: ['verbose'],
    // The default machine beside the others, one after the other: a machine that boots or waits leaves time to another.
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 600_000,
  },
});
