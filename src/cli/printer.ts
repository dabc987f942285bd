/** Where words go: answers to stdout, everything else to stderr. */
export interface Printer {
  /** The answer: as JSON where that was asked for, else as text. */
  answer: (value: unknown, text: () => string) => void;
  /** Text on stdout. */
  text: (text: string) => void;
  /** Progress and remarks on stderr. */
  progress: (text: string) => void;
  /** Why it didn't work; with `--json` also as the document. */
  failure: (status: string, message: string) => void;
}

export function printer(json: boolean): Printer {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  const err = (text: string) => process.stderr.write(`${clean(text)}\n`);
  return {
    answer: (value, text) => out(json ? JSON.stringify(value, null, 2) : clean(text())),
    text: out,
    progress: err,
    failure: (status, message) => {
      err(`sriov: ${message}`);
      if (json) out(JSON.stringify({ status, message }, null, 2));
    },
  };
}

/** What a host says may hold control sequences; a terminal must not act on them. */
export const clean = (text: string): string => text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '\ufffd');
