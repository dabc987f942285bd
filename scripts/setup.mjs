import { prepare } from './setup/prepare.mjs';
import { secondsSince } from './setup/progress.mjs';

const start = performance.now();
try {
  await prepare();
  console.log(`Ready (${secondsSince(start)}).`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
