// Apart from the mocks, which use it as well: a mock that imports what it replaces waits for itself.
export { l10n } from './fakeL10n';
