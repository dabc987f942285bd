import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  test: {
    include: ['test/lab/*.test.ts'],
    reporters: ['verbose'],
    // One machine at a time: on two cores, two of two processors each take nearly three times as long.
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 600_000,
  },
});
