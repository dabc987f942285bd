/** A text of the extension's with its numbers in it. */
export const filled = (text: string, ...numbers: number[]): string =>
  text.replace(/\{(\d)\}/g, (_, at: string) => `${numbers[Number(at)] ?? ''}`);
