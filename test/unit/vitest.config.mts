import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { shellText } from '../loaders/shellText.mts';

export default defineConfig({
  plugins: [shellText()],
  // The one module of VS Code that plain rows and texts use; a test that needs more mocks it.
  resolve: { alias: { vscode: fileURLToPath(new URL('ui/defaultVscode.ts', import.meta.url)) } },
  // A busy machine takes several times as long; tests that are about time hold it themselves.
  test: { include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
});
