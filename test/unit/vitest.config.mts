import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  // A busy machine takes several times as long; tests that are about time hold it themselves.
  test: { include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 },
});
