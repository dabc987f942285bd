/**
 * Words of a plan whose value only the host knows, when a program runs long after it was planned, or when something is there only in the
 * middle of it. The head of that program (execution/program/kept.sh, made.sh) or one of its steps (freshVerbs.sh) finds them out; in the
 * plan they stand for what will be there.
 */
const lateValues = {
  /** Id of the change, as it is in the journal. */
  change: 'text',
  /** When it runs, ISO 8601. */
  now: 'text',
  boot: 'text',
  /** The container that runs then: its full id, its name, its first process and the path of its network namespace. */
  container: 'text',
  container_name: 'text',
  pid: 'number',
  inode: 'number',
  /** The name of the VF's network device on the host, and its MAC there. */
  device: 'text',
  mac: 'text',
  /** `up` or `down`: the adapter's previous state. */
  pf_state: 'text',
  /** The name of the adapter's network device. */
  pf_name: 'text',
  /** The driver bound to the VF, or `none`. */
  driver: 'text',
  /** PCI address of a VF that is still to be created. */
  vf: 'text',
} as const;

type LateValues = typeof lateValues;
type Named<Kind> = {
  [Name in keyof LateValues]: LateValues[Name] extends Kind ? Name : never;
}[keyof LateValues];

/** Private-use characters, which no name on a host and nothing that a person types contains. */
const [open, close] = ['\uE000', '\uE001'];

export const late = (name: keyof LateValues): string => `${open}${name}${close}`;

/** The same of one of several VFs that a plan is about, which `key` names. */
export const lateOf = (name: keyof LateValues, key: string): string => `${open}${name}__${key}${close}`;

/** What names a VF there: its place, in characters that a shell takes for a variable. */
export const keyOf = (pf: string, index?: number): string =>
  [pf.replace(/\W/g, '_'), ...(index === undefined ? [] : [index])].join('_');

/** The same where the type says that it is a number. */
export const lateNumber = (name: Named<'number'>): number => late(name) as unknown as number;

/** The program with every such word, quoted for this purpose only, replaced by the shell variable `late_NAME`. */
export const expanded = (program: string): string =>
  program.replace(words, (text, open: string, name: string, close: string) => {
    const variable = `'"$late_${name}"'`;
    // In JSON a number has no quotes.
    return open && close && lateValues[name as keyof LateValues] === 'number'
      ? variable
      : `${open}${variable}${close}`;
  });
const words = new RegExp(`("?)${open}(\\w+)${close}("?)`, 'g');

/** A text for people, in which each such word of these VFs is what `called` says of it. */
export const spelled = (text: string, called: (name: string, key: string) => string): string =>
  text.replace(new RegExp(`${open}(\\w+?)__(\\w+)${close}`, 'g'), (_, name: string, key: string) =>
    called(name, key),
  );

export const isLate = (text: string): boolean => text.includes(open) || text.includes(close);
