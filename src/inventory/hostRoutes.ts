import type { HostRoute } from '../model/hostRoute';
import type { HostLink } from '../model/snapshot';
import type { IpRoute } from './ipJson';

/** The host's devices with the configured routes through them, of every table. */
export function withRoutes(links: HostLink[], routes: IpRoute[]): HostLink[] {
  const configured = routes.filter(isConfigured).flatMap(hostRoutes);
  return links.map((link) => {
    const through = configured.filter(({ device }) => device === link.name);
    return through.length > 0 ? { ...link, routes: through } : link;
  });
}

/** Not the kernel's own, which come with an address, nor those that a router advertises. */
const isConfigured = ({ type, table, protocol }: IpRoute): boolean =>
  (type === undefined || type === 'unicast') &&
  table !== 'local' &&
  !['kernel', 'ra', 'redirect'].includes(protocol ?? '');

/** One for each device that the route goes through; setting it again sets all of it. */
function hostRoutes(route: IpRoute): HostRoute[] {
  const hops = route.nexthops ?? [{ ...route, gateway: route.gateway ?? route.via?.host }];
  return hops.flatMap(({ dev, gateway }) =>
    dev === undefined
      ? []
      : [
          {
            family: route.family,
            destination: route.dst,
            gateway: gateway ?? null,
            device: dev,
            words: argumentsOf(route),
          },
        ],
  );
}

function argumentsOf(route: IpRoute): string[] {
  const { dst, gateway, via, dev, table, protocol, scope, prefsrc, metric, flags, nexthops = [] } = route;
  const onlink = (of: string[]) => (of.includes('onlink') ? ['onlink'] : []);
  const named = (keyword: string, value: string | number | undefined) =>
    value === undefined ? [] : [keyword, `${value}`];
  return [
    dst,
    ...(via ? ['via', via.host.includes(':') ? 'inet6' : 'inet', via.host] : named('via', gateway)),
    ...named('dev', dev),
    ...named('table', table === 'main' ? undefined : table),
    ...named('proto', protocol),
    ...(route.family === 4 ? named('scope', scope) : []),
    ...named('src', prefsrc),
    ...named('metric', metric),
    ...onlink(nexthops.length === 0 ? flags : []),
    ...nexthops.flatMap((hop) => [
      'nexthop',
      ...named('via', hop.gateway),
      ...named('dev', hop.dev),
      ...named('weight', hop.weight),
      ...onlink(hop.flags),
    ]),
  ];
}
