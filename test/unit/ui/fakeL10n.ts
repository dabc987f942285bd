type Values = Record<string, string | number | boolean>;

interface Text {
  message: string;
  args?: readonly Values[string][] | Values;
}

/** `vscode.l10n` as it is in English: what isn't given stays as it is, and what is in an argument is left alone. */
export const l10n = {
  t(text: string | Text, ...given: (Values[string] | Values)[]): string {
    if (typeof text !== 'string') return filled(text.message, text.args ?? []);
    const [first] = given;
    return filled(text, typeof first === 'object' && first !== null ? first : given);
  },
};

const filled = (message: string, args: object): string =>
  Object.keys(args).length === 0
    ? message
    : message.replace(/{([^}]+)}/g, (hole, name: string) => String((args as Values)[name] ?? hole));
