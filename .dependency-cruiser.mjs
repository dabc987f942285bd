/**
 * The architecture, as a table: each room of src/ and the rooms it may import.
 *
 * @type {Record<string, string[]>}
 */
export const mayImport = {
  model: [],
  boot: ['model'],
  host: ['model'],
  inventory: ['model', 'boot', 'host'],
  declared: ['model'],
  diagnostics: ['model', 'boot'],
  planning: ['model', 'boot'],
  execution: ['model', 'host'],
  control: ['model', 'host', 'inventory', 'diagnostics', 'planning', 'execution'],
  ui: ['model', 'boot', 'declared', 'planning', 'control'],
  cli: ['model', 'host', 'declared', 'diagnostics', 'planning', 'control'],
};
const roots = '^src/(extension|cli)[.]ts$';
const browser = '^src/ui/[^/]+/webview/';
const vscode = '(^|/)(@types/)?vscode(/|$)';
/** @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule */

/**
 * @param {string} name
 * @param {Rule['from']} from
 * @param {Rule['to']} to
 * @param {string} [comment]
 * @returns {Rule}
 */
const error = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    ...Object.entries(mayImport).map(([room, rooms]) =>
      error(
        `${room}-imports-only-its-neighbours`,
        { path: `^src/${room}/` },
        { path: '^src/', pathNot: [room, ...rooms].map((other) => `^src/${other}/`) },
        `${room}/ may import ${rooms.join(', ') || 'no other room'}; pass the rest in from extension.ts or cli.ts.`,
      ),
    ),
    error('vscode-stays-in-ui', { path: '^src/', pathNot: '^src/(ui/|extension[.]ts$)' }, { path: vscode }),
    error(
      'processes-start-in-host',
      { path: '^src/', pathNot: '^src/host/' },
      { path: '(^|/)(execa|child_process)(/|$)' },
    ),
    error(
      'pure-rooms-do-no-io',
      { path: '^src/(model|boot|diagnostics|planning)/' },
      // A hash is no I/O.
      { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^crypto$' },
    ),
    error('declared-reads-only-text', { path: '^src/declared/' }, { dependencyTypes: ['core'] }),
    error(
      'only-control-applies-plans',
      { path: '^src/', pathNot: '^src/(control|execution)/' },
      { path: '^src/execution/applyPlan' },
    ),
    error(
      'webview-runs-in-a-browser',
      { path: browser },
      { path: `^src/|${vscode}`, pathNot: [browser, '^src/ui/[^/]+/messages[.]ts$', '^src/model/'] },
    ),
    error('webview-uses-no-node', { path: browser }, { dependencyTypes: ['core'] }),
    error('nothing-imports-a-root', {}, { path: roots }),
    error('no-cycles', {}, { circular: true }),
    error(
      'every-room-is-in-the-table',
      { path: '^src/', pathNot: [`^src/(${Object.keys(mayImport).join('|')})/`, roots, '^src/sh[.]d[.]ts$'] },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
