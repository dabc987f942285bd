import type { Container, Route } from '../../model/container';
import { inNetwork, isIPv4 } from '../../model/addresses/ip';
import { refuse, type Refusal, type Step } from '../../model/plan';
import type { AttachRequest } from '../../model/request';
import { gatewayProblem, routeProblem, type WantedRoute } from '../../model/values';
import { addRouteInside } from '../steps';

/** The routes that a request asks for through its new interface, each after the route that makes its gateway reachable. */
export function routesInside(
  container: Container,
  device: string,
  { gateway, routes = [], addresses = [] }: AttachRequest,
): { steps: Step[]; replaced: Route | null } {
  const wanted = [...routes, ...(gateway ? [{ destination: 'default', gateway }] : [])];
  const gateways = [...new Set(wanted.flatMap((route) => route.gateway ?? []))];
  const direct = wanted.filter((route) => route.gateway === undefined);
  const unreached = gateways.filter((ip) => !isLinkLocal(ip) && !reaches(ip, addresses, direct));
  const all = [
    ...[...direct, ...unreached.map((ip) => ({ destination: ip }))].map((route) => toRoute(route, device)),
    ...wanted.filter((route) => route.gateway !== undefined).map((route) => toRoute(route, device)),
  ];
  const replaced = all.map((route) => sameIn(container, route)).find((route) => route !== null) ?? null;
  return { steps: all.map((route) => addRouteInside(route, sameIn(container, route))), replaced };
}

/** Only a default route replaces another one: that is what a gateway is for. */
export function badRoutes(container: Container, request: AttachRequest): Refusal | undefined {
  const { gateway, routes = [], addresses = [] } = request;
  const direct = routes.filter((route) => route.gateway === undefined).map((route) => route.destination);
  const problem =
    (gateway && gatewayProblem(gateway, addresses, direct)) ||
    routes.map((route) => routeProblem(route, addresses, direct)).find((text) => text !== undefined);
  if (problem) return refuse('invalid', problem);
  const taken = routes
    .map(({ destination }) => container.routes.find((other) => same(other.destination, destination)))
    .find((other) => other !== undefined);
  return taken
    ? refuse(
        'name-taken',
        `Container ${container.name} already has a route to ${taken.destination} through ${taken.device}; remove it first.`,
      )
    : undefined;
}

function toRoute({ destination, gateway }: WantedRoute, device: string): Route {
  const [address = ''] = destination.split('/');
  const family = isIPv4(destination === 'default' ? (gateway ?? '') : address) ? 4 : 6;
  return { destination, family, gateway: gateway ?? null, device, metric: null };
}

const sameIn = ({ routes }: Container, { destination, family }: Route): Route | null =>
  routes.find(
    (r) =>
      r.destination === 'default' &&
      destination === 'default' &&
      r.family === family &&
      (r.metric ?? usualMetric[family]) === usualMetric[family],
  ) ?? null;

/** The metric that the kernel gives a route by default. Another device's route stays beside it. */
const usualMetric = { 4: 0, 6: 1024 };

const reaches = (ip: string, addresses: string[], direct: WantedRoute[]): boolean =>
  [...addresses, ...direct.map(({ destination }) => destination)].some((cidr) => inNetwork(ip, cidr));

const isLinkLocal = (ip: string): boolean => inNetwork(ip, 'fe80::/10');

/** `ip` prints the route to one host without its prefix length. */
const same = (shown: string, given: string): boolean =>
  shown === given || given === `${shown}/32` || given === `${shown}/128`;
