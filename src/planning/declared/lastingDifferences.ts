import { sameAddress } from '../../model/addresses/ip';
import { parseMeant, type Kept } from '../../model/lasting/kept';
import type { HostSnapshot } from '../../model/snapshot';
import { normalMac } from '../../model/values';
import { isMeant, keptOf } from '../kept/keptFor';
import type { WantedAttachment } from './attachments';
import { gatewayAndRoutes } from './insideDifferences';

/** The intent that a VF is kept by, and whether it is what is declared. */
export function keptAsDeclared(
  snapshot: HostSnapshot,
  wanted: WantedAttachment,
): { kept: Kept | undefined; isRight: boolean } {
  const kept = wanted.vf && keptOf(snapshot, wanted.vf.pci);
  return { kept, isRight: kept !== undefined && isForThose(kept, wanted) && isAsDeclared(kept, wanted) };
}

function isForThose({ intent }: Kept, { who, container, about }: WantedAttachment): boolean {
  if (about.container.engine !== undefined && about.container.engine !== intent.engine) return false;
  const meant = parseMeant(who);
  return container && about.container.name !== undefined
    ? isMeant(intent, container)
    : typeof meant !== 'string' && JSON.stringify(meant) === JSON.stringify(intent.container);
}

/** What isn't declared may be anything. */
function isAsDeclared({ intent: { inside, settings } }: Kept, { about }: WantedAttachment): boolean {
  const { name, addresses, mtu, hardwareAddr } = about.interface ?? {};
  const { gateway, routes } = gatewayAndRoutes(about.routes);
  const has = settings.addresses ?? [];
  return (
    (name === undefined || name === inside) &&
    (mtu === undefined || mtu === settings.mtu) &&
    (hardwareAddr === undefined || normalMac(hardwareAddr) === settings.mac) &&
    (about.dhcp === undefined || about.dhcp === (settings.dhcp ?? false)) &&
    (addresses === undefined ||
      (addresses.length === has.length &&
        addresses.every((one) => has.some((other) => sameAddress(one, other))))) &&
    (about.routes === undefined ||
      (gateway === settings.gateway &&
        JSON.stringify(routes ?? []) === JSON.stringify(settings.routes ?? [])))
  );
}
