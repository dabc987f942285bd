// Holds src/ against the table in .dependency-cruiser.mjs. dependency-cruiser passes when it read nothing (a TypeScript that
// it doesn't know is enough), so the files it saw are counted against the files there are; and sizes are held too.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config, { mayImport } from '../.dependency-cruiser.mjs';

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).replaceAll('\\', '/'));
const files = filesIn('src');
// Tables of cases are as long as there are cases.
const tests = filesIn('test').filter((file) => file.endsWith('.ts') && !file.includes('/data/'));
const sources = files.filter((file) => file.endsWith('.ts'));
const problems = [];

const result = await cruise(
  ['src'],
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('tsconfig.json') },
);
if (typeof result.output === 'string') throw new Error(result.output);
const { modules, summary } = result.output;
for (const { from, to, rule } of summary.violations) problems.push(`${rule.name}: ${from} → ${to}`);

const seen = modules.filter(
  (module) => module.source.startsWith('src/') && module.source.endsWith('.ts'),
).length;
if (seen < sources.length) problems.push(`dependency-cruiser read ${seen} of ${sources.length} source files`);

for (const file of sources)
  if (!/^src\/(extension|cli|sh\.d)\.ts$/.test(file) && !((file.split('/')[1] ?? '') in mayImport))
    problems.push(`${file} is in no room of the table`);

/** @param {string} file */
const sized = (file) => ({ file, count: readFileSync(file, 'utf8').trimEnd().split('\n').length });
const lines = sources.map(sized).sort((a, b) => a.count - b.count);
for (const { file, count } of [...lines, ...tests.map(sized)])
  if (count > 300) problems.push(`${file} has ${count} lines; 300 is the most`);
const median = lines[Math.floor(lines.length / 2)]?.count ?? 0;
if (median > 80) problems.push(`the median file has ${median} lines; 80 is the aim`);
for (const folder of new Set(files.map(dirname))) {
  const count = files.filter((file) => dirname(file) === folder).length;
  if (count > 30)
    problems.push(`${folder} holds ${count} files; more than 30 belong in folders that say what is in them`);
}
for (const file of files)
  if (/\/(utils|helpers|common|misc|manager|service)s?(\/|\.ts$)/.test(file))
    problems.push(`${file}: a name that says nothing`);

for (const problem of problems) console.error(problem);
console.log(
  `architecture: ${seen} files, ${summary.totalDependenciesCruised} imports, median ${median} lines, ${problems.length} violations`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
