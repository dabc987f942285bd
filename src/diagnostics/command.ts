import { clients } from '../model/engines';
import { Plain } from '../model/plain';
import { quote } from '../model/quote';
import { driverProblem, interfaceNameProblem } from '../model/values';

/**
 * A command that a finding suggests, to be copied and run as root. Text of a host gets into it as one of {@link Values}
 * only, which the type checker sees to: a rule can't put in a string.
 */
export interface Command {
  text: readonly string[];
  gaps: readonly (ValueName | Plain)[];
}

/** What a command may name, and the form that it must have. */
const forms = {
  /** The network interface of the physical function. */
  PF: (text) => interfaceNameProblem(text) === undefined,
  /** The PCI address of the physical function. */
  PCI: isPci,
  /** The PCI address of a virtual function. */
  VF: isPci,
  /** What mlxconfig knows an adapter by. */
  DEVICE: (text) => isPci(text) || /^\/dev\/mst\/\w+(?:\.\d)?$/.test(text),
  VF_DRIVER: (text) => driverProblem(text) === undefined,
  /** The module that a finding is about. */
  MODULE: (text) => driverProblem(text) === undefined,
  ENGINE: (text) => clients.some(({ name }) => name === text),
  /** How many VFs. */
  COUNT: isNumber,
  /** A mode of the eswitch. */
  MODE: (text) => /^(?:legacy|switchdev)$/.test(text),
  /** Which VF of its PF. */
  INDEX: isNumber,
  // Only the reader knows these.
  ...{
    COMMAND: never,
    CONTAINER: never,
    CPUS: never,
    DEV: never,
    ID: never,
    MAC: never,
    MBITS: never,
    NAME: never,
  },
} satisfies Record<string, (text: string) => boolean>;

function isPci(text: string): boolean {
  return /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(text);
}
function isNumber(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}
function never(): boolean {
  return false;
}

export type ValueName = keyof typeof forms;
export type Values = Partial<Record<ValueName, string>>;

/** Tag of a template: command`modprobe ${'MODULE'}`. */
export const command = (text: TemplateStringsArray, ...gaps: (ValueName | Plain)[]): Command => ({
  text: [...text],
  gaps,
});

/** The values that have the form they must have. */
export const wellFormed = (values: Record<string, string | null | undefined>): Values =>
  Object.fromEntries(
    Object.entries(forms).flatMap(([name, fits]) => {
      const value = values[name];
      return value !== null && value !== undefined && fits(value) ? [[name, value]] : [];
    }),
  );

/**
 * The command for a shell. A value that isn't known stays a variable without which a shell doesn't run the command
 * (`${PF:?}`): set it before running the command, or the error names it.
 */
export const written = ({ text, gaps }: Command, values: Values): string =>
  text.map((part, at) => part + gap(gaps[at], values)).join('');

function gap(name: ValueName | Plain | undefined, values: Values): string {
  if (name === undefined) return '';
  if (name instanceof Plain) return name.text;
  const value = values[name];
  return value === undefined ? `\${${name}:?}` : quote(value);
}
