// Stands in for VS Code in plain Node, where nothing of it does anything.
import Module from 'node:module';

/**
 * Anything: it can be called, created and looked into, and is anything again; as a list or a text it is empty.
 *
 * @type {object}
 */
export const anything = new Proxy(function () {}, {
  get(_, key) {
    if (key === 'then') return undefined;
    if (key === Symbol.iterator) return () => [].values();
    return key === Symbol.toPrimitive ? () => '' : anything;
  },
  set: () => true,
  apply: () => anything,
  construct: () => anything,
});

/** @type {{ _load: (request: string, ...rest: unknown[]) => unknown }} */
const loader = /** @type {never} */ (Module);
const load = loader._load;
loader._load = (request, ...rest) => (request === 'vscode' ? anything : load(request, ...rest));
