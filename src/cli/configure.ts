import type { ChangeRequest, ConfigureRequest } from '../model/request';
import {
  adminMacProblem,
  driverProblem,
  mtuProblem,
  normalMac,
  parseVlan,
  rateProblem,
} from '../model/values';
import type { OptionName, Values } from './options';
import type { ToRequest } from './requests';
import { UsageError } from './usage';

/** What `sriov configure` takes. */
export const configureOptions = [
  ...(['mac', 'vlan', 'trust', 'spoofchk', 'min-rate', 'max-rate', 'link-state', 'mtu'] as const),
  ...(['driver', 'autoprobe'] as const),
] satisfies OptionName[];

/** From the words to the request; a word that can't mean anything is a usage error. */
export const configureRequest: ToRequest = ([given = ''], values): ChangeRequest => {
  const named = configureOptions.filter((option) => values[option] !== undefined);
  if (named.length === 0)
    throw new UsageError(`What is to be configured? One or more of --${configureOptions.join(', --')}.`);
  const forceInterface = values['force-interface'];
  if (values.autoprobe === undefined) return { ...vfRequest(given, values), forceInterface };
  if (named.length > 1)
    throw new UsageError('--autoprobe is about the VFs that a PF is to get; give it alone.');
  return { kind: 'set-autoprobe', pf: given, on: onOff('autoprobe', values.autoprobe)!, forceInterface };
};

function vfRequest(vf: string, values: Values): ConfigureRequest {
  const { mac, mtu, driver } = values;
  const vlan = values.vlan === undefined ? undefined : parseVlan(values.vlan);
  const problem =
    (typeof vlan === 'string' ? vlan : undefined) ??
    (mac === undefined ? undefined : adminMacProblem(mac)) ??
    (mtu === undefined ? undefined : mtuProblem(mtu)) ??
    (driver === undefined ? undefined : driverProblem(driver));
  if (problem !== undefined) throw new UsageError(problem);
  return {
    kind: 'configure',
    ...{ vf, driver, mac: mac && normalMac(mac) },
    vlan: typeof vlan === 'string' ? undefined : vlan,
    trust: onOff('trust', values.trust),
    spoofchk: onOff('spoofchk', values.spoofchk),
    minTxRate: rate(values['min-rate']),
    maxTxRate: rate(values['max-rate']),
    linkState: linkState(values['link-state']),
    mtu: mtu === undefined ? undefined : Number(mtu),
  };
}

function onOff(option: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'on' && text !== 'off') throw new UsageError(`--${option} is on or off, not "${text}".`);
  return text === 'on';
}

function rate(text: string | undefined): number | undefined {
  const problem = text === undefined ? undefined : rateProblem(text);
  if (problem !== undefined) throw new UsageError(problem);
  return text === undefined ? undefined : Number(text);
}

function linkState(text: string | undefined): ConfigureRequest['linkState'] {
  if (text === undefined || text === 'auto' || text === 'enable' || text === 'disable') return text;
  throw new UsageError(`--link-state is auto, enable or disable, not "${text}".`);
}
