import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText';

export default defineConfig({
  plugins: [shellText()],
  test: { include: ['test/unit/**/*.test.ts'] },
});
