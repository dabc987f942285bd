import { l10n } from 'vscode';
import { engineNames } from '../../model/container';
import { isIP } from '../../model/addresses/ip';
import { macvlanModes } from '../../model/macvlan';
import { attachModes, type ChangeRequest } from '../../model/request';
import {
  addressesProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  normalMac,
  parseRoute,
  vlanProblem,
} from '../../model/values';
import type { Parsed } from '../../model/vfAttributes/attribute';
import { askable, askableKeys } from '../../model/vfAttributes/table';

/** The properties of one kind of change: required ones, and optional ones. */
interface Form {
  needs: string[];
  takes: string[];
}

/** What an agent can ask for; the manifest has the same for models to read. There is no word that interrupts a protected interface. */
export const forms: Record<string, Form | undefined> = {
  'set-vfs': { needs: ['pf', 'count'], takes: [] },
  attach: {
    needs: ['vf', 'container'],
    takes: [
      ...['engine', 'mode', 'macvlanMode', 'move', 'name', 'addresses', 'dhcp', 'gateway', 'routes'],
      ...['mac', 'vlan', 'trust', 'clear', 'mtu'],
    ],
  },
  detach: { needs: ['vf'], takes: ['container'] },
  configure: { needs: ['vf', 'settings'], takes: [] },
  'set-autoprobe': { needs: ['pf', 'on'], takes: [] },
  undo: { needs: [], takes: [] },
};

/** What an agent asked for, or what is wrong with it. */
export function requestFrom(input: unknown): ChangeRequest | string {
  if (!isObject(input)) return l10n.t('The input must be an object with “change” in it.');
  const { change, ...given } = input;
  const form = typeof change === 'string' && Object.hasOwn(forms, change) ? forms[change] : undefined;
  if (!form) return l10n.t('“change” must be one of {0}.', Object.keys(forms).join(', '));
  // Anything that a model leaves out may be null.
  const words = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  const missing = form.needs.find((name) => words.every(([word]) => word !== name));
  if (missing !== undefined) return l10n.t('“{0}” requires “{1}”.', String(change), missing);
  const read = words.map(([name, value]) => ({ name, parsed: readWord(form, name, value) }));
  for (const { name, parsed } of read) if ('problem' in parsed) return `${name}: ${parsed.problem}`;
  const values = read.flatMap(({ name, parsed }) => ('value' in parsed ? [[name, parsed.value]] : []));
  const { settings, ...others } = Object.fromEntries(values) as Record<string, unknown>;
  // Each word was read by its own row.
  return { kind: change, ...others, ...(isObject(settings) ? settings : {}) } as unknown as ChangeRequest;
}

function readWord({ needs, takes }: Form, name: string, value: unknown): Parsed<unknown> {
  const read = [...needs, ...takes].includes(name) ? words[name] : undefined;
  return read ? read(value) : { problem: l10n.t('this change has no such property.') };
}

type Read = (value: unknown) => Parsed<unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, what may be wrong with it, and what it stands for. */
const text =
  (problem: (text: string) => string | undefined, value: (text: string) => unknown = (same) => same): Read =>
  (given) => {
    if (typeof given !== 'string' || given === '') return { problem: l10n.t('it must be a string.') };
    const wrong = problem(given);
    return wrong === undefined ? { value: value(given) } : { problem: wrong };
  };
const any = text(() => undefined);
const flag: Read = (value) =>
  typeof value === 'boolean' ? { value } : { problem: l10n.t('it must be true or false.') };
const oneOf = (...values: readonly string[]): Read =>
  text((given) => (values.includes(given) ? undefined : l10n.t('it must be one of {0}.', values.join(', '))));
const count: Read = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? { value }
    : { problem: l10n.t('it must be a whole number.') };

/** Texts that may be wrong together. */
const texts =
  (problem: (all: string[]) => string | undefined, value: (text: string) => unknown = (same) => same): Read =>
  (given) => {
    if (!Array.isArray(given) || !given.every((one) => typeof one === 'string'))
      return { problem: l10n.t('it must be a list of strings.') };
    const wrong = problem(given);
    return wrong === undefined ? { value: given.map(value) } : { problem: wrong };
  };

/** Values as `sriov configure` takes them. */
const settings: Read = (given) => {
  if (!isObject(given) || Object.keys(given).length === 0)
    return { problem: l10n.t('it must name what to configure.') };
  const options = Object.entries(given).map(([option, value]) => {
    const key = askableKeys.find((one) => askable(one).option === option);
    const parsed: Parsed<unknown> =
      key && typeof value === 'string'
        ? askable(key).parse(value, {})
        : { problem: l10n.t('there is no such setting, or its value is not a string.') };
    return { key, option, parsed };
  });
  for (const { option, parsed } of options)
    if ('problem' in parsed) return { problem: `${option}: ${parsed.problem}` };
  return {
    value: Object.fromEntries(
      options.map(({ key, parsed }) => [key, 'value' in parsed ? parsed.value : undefined]),
    ),
  };
};

/** Every word, and how its value is read. */
export const words: Record<string, Read | undefined> = {
  pf: any,
  count,
  on: flag,
  vf: any,
  container: any,
  engine: oneOf(...engineNames),
  mode: oneOf(...attachModes),
  macvlanMode: oneOf(...macvlanModes),
  move: flag,
  name: text((name) => interfaceNameProblem(name)),
  addresses: texts(addressesProblem),
  dhcp: flag,
  gateway: text((given) => (isIP(given) ? undefined : l10n.t('“{0}” is not an IP address.', given))),
  routes: texts(
    (all) => all.map(parseRoute).find((route) => typeof route === 'string'),
    (route) => parseRoute(route),
  ),
  mac: text(macProblem, normalMac),
  vlan: text((vlan) => (vlan === '0' ? undefined : vlanProblem(vlan)), Number),
  trust: flag,
  clear: flag,
  mtu: text((mtu) => mtuProblem(mtu), Number),
  settings,
};
