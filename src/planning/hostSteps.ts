import type { HostRoute } from '../model/hostRoute';
import type { Argv, Step } from '../model/plan';
import type { VirtualFunction } from '../model/functions';
import type { HostUse } from './hostUse';
import { dropAddress, step, takeDown } from './steps';

/** Removes what a function's device has and is on the host; undone in the order in which the kernel accepts it. */
export const leaveHost = (vf: VirtualFunction, name: string, use: HostUse | undefined): Step[] => [
  ...(use?.routes ?? []).filter(isOfOneDevice).reverse().map(dropHostRoute),
  ...vf.addresses.map((address) => dropAddress(name, address)),
  ...(vf.up ? [takeDown(name)] : []),
  // A bond accepts no port that is up.
  ...(use?.master ? [leaveMaster(name, use.master)] : []),
];

/** For a route through several devices, the kernel removes one: the others keep it. */
export const isOfOneDevice = ({ words }: HostRoute): boolean => !words.includes('nexthop');

const leave = (name: string): Argv => ['ip', 'link', 'set', 'dev', name, 'nomaster'];
const join = (name: string, master: string): Argv => ['join_master', name, master];
const leaveMaster = (name: string, master: string): Step =>
  step(`Remove ${name} from ${master}`, leave(name), join(name, master));
export const joinMaster = (name: string, master: string): Step =>
  step(`Add ${name} back to ${master}`, join(name, master), leave(name));

const route = (verb: 'put_host_route' | 'drop_host_route', { device, family, words }: HostRoute): Argv => [
  verb,
  device,
  `-${family}`,
  ...words,
];
const through = ({ destination, gateway, device }: HostRoute): string =>
  `${destination} through ${gateway ? `${gateway} on ${device}` : device}`;
const dropHostRoute = (one: HostRoute): Step =>
  step(
    `Remove the host's route to ${through(one)}`,
    route('drop_host_route', one),
    route('put_host_route', one),
  );
export const putHostRoute = (one: HostRoute): Step =>
  step(
    `Restore the host's route to ${through(one)}`,
    route('put_host_route', one),
    route('drop_host_route', one),
  );

/** Whether a step gives a port or a route back to the host, which is useless for a function that moves on to a container. */
export const isHostUse = ({ apply }: Step): boolean => ['join_master', 'put_host_route'].includes(apply[0]);
