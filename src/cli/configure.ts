import type { ChangeRequest, ConfigureRequest } from '../model/request';
import { askable, askableKeys, askables, type Asked, type AskableKey } from '../model/vfAttributes/table';
import { oneOf } from '../model/vfAttributes/choice';
import type { OptionName, Values } from './options';
import type { ToRequest } from './requests';
import { UsageError } from './usage';

/** What can be asked for, in the order of the help. */
const inHelpOrder: AskableKey[] = ['mac', ...askableKeys.filter((key) => key !== 'mac')];

/** What `sriov configure` takes. */
export const configureOptions = [
  ...inHelpOrder.map((key) => askables[key].option),
  'autoprobe',
] as const satisfies OptionName[];

/** From the arguments to the request; an impossible argument is a usage error. */
export const configureRequest: ToRequest = ([given = ''], values): ChangeRequest => {
  const named = configureOptions.filter((option) => values[option] !== undefined);
  if (named.length === 0)
    throw new UsageError(`Nothing to configure. Pass at least one of --${configureOptions.join(', --')}.`);
  const forceInterface = values['force-interface'];
  const also = { ...(values.lasting ? { lasting: true } : {}), forceInterface };
  if (values.autoprobe === undefined) return { ...vfRequest(given, values), ...also };
  if (named.length > 1)
    throw new UsageError('--autoprobe applies to future VFs of a PF; use it without other options.');
  return { kind: 'set-autoprobe', pf: given, on: onOff('autoprobe', values.autoprobe), ...also };
};

const vfRequest = (vf: string, values: Values): ConfigureRequest => ({
  ...{ kind: 'configure', vf },
  ...askedIn(values, askableKeys),
});

/** What was asked for of these. */
export const askedIn = (values: Values, keys: readonly AskableKey[]): Asked =>
  Object.fromEntries(keys.map((key) => [key, valueOf(key, values)]));

function valueOf(key: AskableKey, values: Values): unknown {
  const text = values[askables[key].option];
  if (text === undefined) return undefined;
  const parsed = askable(key).parse(text, {});
  if ('problem' in parsed) throw new UsageError(parsed.problem);
  return parsed.value;
}

function onOff(option: string, text: string): boolean {
  const parsed = oneOf(option, ['on', 'off'], text);
  if ('problem' in parsed) throw new UsageError(parsed.problem);
  return parsed.value === 'on';
}
