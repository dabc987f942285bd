import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  test: { include: ['test/unit/**/*.test.ts'] },
});
