import { engineNames, type EngineName } from '../model/container';
import { macvlanModes } from '../model/macvlan';
import { attachModes, triggers, type AttachRequest, type ChangeRequest } from '../model/request';
import {
  addressesProblem,
  interfaceNameProblem,
  isDhcp,
  macProblem,
  mtuProblem,
  normalMac,
  parseRoute,
  vlanProblem,
} from '../model/values';
import { isIP } from '../model/addresses/ip';
import { askables } from '../model/vfAttributes/table';
import { UsageError } from './usage';
import type { Values } from './options';

/** Impossible arguments are a usage error; whether the host allows it is for the planner to say. */
export type ToRequest = (positionals: string[], values: Values) => ChangeRequest;

export const setVfsRequest: ToRequest = ([pf = '', count = ''], values) => {
  if (!/^\d{1,5}$/.test(count)) throw new UsageError(`COUNT must be a number of VFs, not "${count}".`);
  return {
    ...{ kind: 'set-vfs', pf, count: Number(count) },
    ...(values.lasting ? { lasting: true } : {}),
    forceInterface: values['force-interface'],
  };
};

export const detachRequest: ToRequest = ([vf = '', container], values) => ({
  kind: 'detach',
  vf,
  container,
  forceInterface: values['force-interface'],
});

export const undoRequest: ToRequest = (_, values) => ({
  kind: 'undo',
  forceInterface: values['force-interface'],
});

export const attachRequest: ToRequest = ([vf = '', container = ''], values) => {
  const { name, address, gateway, mac, vlan, mtu, engine } = values;
  const addresses = address?.filter((one) => !isDhcp(one));
  const dhcp = values.dhcp ?? (address?.some(isDhcp) || undefined);
  const routes = values.route?.map(parseRoute);
  const badRoute = routes?.find((route) => typeof route === 'string');
  const engines: readonly string[] = engineNames;
  const trust = values.trust === undefined ? undefined : askables.trust.parse(values.trust, {});
  const problem =
    (name !== undefined && interfaceNameProblem(name)) ||
    addressesProblem(addresses ?? []) ||
    (gateway !== undefined && !isIP(gateway) && `"${gateway}" is not an IP address.`) ||
    badRoute ||
    (mac !== undefined && macProblem(mac)) ||
    (vlan !== undefined && vlan !== '0' && vlanProblem(vlan)) ||
    (trust !== undefined && 'problem' in trust && trust.problem) ||
    (mtu !== undefined && mtuProblem(mtu)) ||
    (engine !== undefined &&
      !engines.includes(engine) &&
      `--engine must be one of ${engines.join(', ')}, not "${engine}".`);
  if (problem) throw new UsageError(problem);
  return {
    kind: 'attach',
    ...{ vf, container, name, addresses, dhcp, gateway, mac: mac && normalMac(mac) },
    routes: routes?.filter((route) => typeof route !== 'string'),
    ...{
      vlan: vlan === undefined ? undefined : Number(vlan),
      mtu: mtu === undefined ? undefined : Number(mtu),
    },
    engine: engine as EngineName | undefined,
    trust: trust && 'value' in trust ? trust.value : undefined,
    clear: values.clear,
    ...modesOf(values),
    move: values.move,
    forceInterface: values['force-interface'],
  };
};

/** With `--lasting` the same for whenever the container runs. */
export const attachOrKeep: ToRequest = (positionals, values) => {
  const request = attachRequest(positionals, values);
  const via = triggers.find((other) => other === values.via);
  if (values.via !== undefined && via === undefined)
    throw new UsageError(`--via must be one of ${triggers.join(', ')}, not "${values.via}".`);
  if (via !== undefined && !values.lasting) throw new UsageError('--via requires --lasting.');
  return request.kind === 'attach' && values.lasting ? { ...request, kind: 'keep', via } : request;
};

function modesOf({ mode, 'macvlan-mode': how }: Values): Pick<AttachRequest, 'mode' | 'macvlanMode'> {
  const known = attachModes.find((other) => other === mode);
  const macvlanMode = macvlanModes.find((other) => other === how);
  if (mode !== undefined && known === undefined)
    throw new UsageError(`--mode must be one of ${attachModes.join(', ')}, not "${mode}".`);
  if (how !== undefined && macvlanMode === undefined)
    throw new UsageError(`--macvlan-mode must be one of ${macvlanModes.join(', ')}, not "${how}".`);
  if (how !== undefined && known !== 'macvlan')
    throw new UsageError('--macvlan-mode requires --mode macvlan.');
  return { mode: known, macvlanMode };
}
