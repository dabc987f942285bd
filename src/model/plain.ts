/** Text that has no special meaning to a shell, quoted or not, nor to sed. */
export class Plain {
  private constructor(readonly text: string) {}
  /** Undefined when the text isn't like that. */
  static of(text: string): Plain | undefined {
    return /^[\w.,:=+-]+(?: [\w.,:=+-]+)*$/.test(text) ? new Plain(text) : undefined;
  }
}
