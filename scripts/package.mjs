// Packages the extension as users install it, and fails when anything is in it that doesn't belong there, or doesn't work where
// only the package is.
//   --out FILE   where to (default: vscode-sriov-VERSION.vsix)
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asInstalled } from './package/asInstalled.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @type {typeof import('@vscode/vsce')} */
const { createVSIX, listFiles } = createRequire(import.meta.url)('@vscode/vsce');
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, `vscode-sriov-${version}.vsix`) } },
});

/** Each language has the texts of the code, and those of the manifest. */
const translations = readdirSync(join(root, 'l10n')).flatMap((bundle) => [
  `l10n/${bundle}`,
  bundle.replace('bundle.l10n', 'package.nls'),
]);
/** Bytes that the script of a page may have. */
const mostOfPage = 250 * 1024;
/** Everything that may be in the package; all but the media and the parts of the bundles must be. */
const required = [
  'package.json',
  'package.nls.json',
  ...translations,
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'dist/extension.js',
  'dist/cli.js',
  'dist/page.js',
  'dist/counters.js',
  'dist/topology.js',
];
/** @param {string} file */
const isAllowed = (file) =>
  required.includes(file) ||
  /^(media\/(walkthrough\/)?[^/]+\.(png|svg|css|md|json)|dist\/parts\/[^/]+\.js)$/.test(file);

execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });

const files = await listFiles({ cwd: root, packageManager: 0 });
const stray = files.filter((file) => !isAllowed(file));
const missing = required.filter((file) => !files.includes(file));
const withMaps = files.filter(
  (file) => /\.js$/.test(file) && /sourceMappingURL=/.test(readFileSync(join(root, file), 'utf8')),
);
const pages = ['dist/page.js', 'dist/counters.js', 'dist/topology.js'];
const heavy = pages.filter((file) => statSync(join(root, file)).size > mostOfPage);
const { complaints: whereInstalled, activation } = asInstalled(files);
const complaints = [
  ...stray.map((file) => `${file} does not belong in the package`),
  ...missing.map((file) => `${file} is missing`),
  ...withMaps.map((file) => `${file} refers to a source map`),
  ...heavy.map((file) => `${file} is larger than ${mostOfPage / 1024} KiB`),
  ...whereInstalled,
];
if (complaints.length > 0)
  throw new Error(`The package is not as it should be:\n  ${complaints.join('\n  ')}`);

await createVSIX({ cwd: root, packagePath: values.out, dependencies: false });
console.log(
  `${values.out}: ${files.length} files, ${Math.round(statSync(values.out).size / 1024)} KiB; ${activation}`,
);
