/** The arguments were wrong; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
