/**
 * A probe program answers in sections: a line `@@NONCE@@ name`, then everything up to the next such line. The nonce is
 * new for each run, so no name of a container or interface can pass for a header.
 */
export interface Section {
  /** With the arguments that follow it. */
  name: string;
  body: string;
}

export function sections(stdout: string, nonce: string): Section[] {
  return stdout
    .split(`@@${nonce}@@ `)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return end < 0 ? { name: part, body: '' } : { name: part.slice(0, end), body: part.slice(end + 1) };
    });
}

/** The sections that a program prints, each with the arguments that follow its name; empty where none do. */
export type Printed = Readonly<Record<string, string>>;
/** The names that stand alone. */
export type Plain<P extends Printed> = { [Name in keyof P]: P[Name] extends '' ? Name : never }[keyof P];
/** The names that arguments follow. */
export type WithArguments<P extends Printed> = Exclude<keyof P, Plain<P>>;

/** The sections of a program's answer by their declared names; undeclared ones can't be asked for. */
export interface Answer<P extends Printed> {
  /** The first of that name; undefined when there is none. */
  body: (name: Plain<P>) => string | undefined;
  bodies: (name: Plain<P>) => string[];
  /** The first of that name with exactly these arguments. */
  bodyOf: (name: WithArguments<P>, args: string) => string | undefined;
  /** All of that name. */
  each: (name: WithArguments<P>) => { args: string; body: string }[];
}

export function answer<P extends Printed>(all: readonly Section[]): Answer<P> {
  const bodies = (heading: string) => all.filter(({ name }) => name === heading).map(({ body }) => body);
  return {
    body: (name) => bodies(String(name))[0],
    bodies: (name) => bodies(String(name)),
    bodyOf: (name, args) => bodies(`${String(name)} ${args}`)[0],
    each: (wanted) =>
      all.flatMap(({ name, body }) =>
        name.startsWith(`${String(wanted)} `) ? [{ args: name.slice(String(wanted).length + 1), body }] : [],
      ),
  };
}
