// Copies the pictures that the guide shows from those that the last run of the tests in the browser took. Nothing else comes into
// docs/images/, and what the guide no longer shows goes; test/unit/guide.test.ts holds the folder to that.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const taken = 'test-output/screenshots';
const kept = 'docs/images';

const shown = new Set(
  readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(join('docs', file), 'utf8').matchAll(/\]\(images\/([^)]+)\)/g)])
    .map(([, name = '']) => name),
);
mkdirSync(kept, { recursive: true });
for (const name of readdirSync(kept)) if (!shown.has(name)) rmSync(join(kept, name));
for (const name of shown) {
  const from = join(taken, name);
  if (existsSync(from)) copyFileSync(from, join(kept, name));
  process.stdout.write(
    `${name}: ${existsSync(from) ? 'copied' : `not taken in the last run, so it stays as it is`}\n`,
  );
}
