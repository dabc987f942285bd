/** The text is JSON, but not of the form that evidence has. The message says what is wrong, for the user. */
export class EvidenceFormatError extends Error {
  override readonly name = 'EvidenceFormatError';
}
