import type { DeclaredAttachment } from '../../model/declared/declared';
import { functionAt, pfOf, type HostSnapshot } from '../../model/snapshot';
import { macFrom } from '../macvlans/macFrom';
import { isGiven, routesOf, withoutNothing } from './adoptedInside';

/** The macvlans that we made, as they are. */
export const adoptedMacvlans = (snapshot: HostSnapshot): DeclaredAttachment[] =>
  snapshot.macvlans.flatMap((record): DeclaredAttachment[] => {
    const { on, mode, mac, dhcp, container: of } = record;
    const lower = functionAt(snapshot, on);
    const pf = lower && (pfOf(snapshot, lower) ?? snapshot.pfs.find(({ pci }) => pci === on));
    const container = snapshot.containers.find(
      ({ id, netnsInode }) => id === of.id && netnsInode === of.netnsInode,
    );
    const device = container?.interfaces.find((one) => one.mac === mac && one.vf === null);
    if (!lower || !pf || !container || !device) return [];
    const routes = dhcp ? [] : routesOf(container, device.name);
    // Nobody chose the one that it has by its function, its container and its name.
    const isChosen = mode !== 'passthru' && mac !== macFrom(on, of.id, record.inside);
    return [
      {
        container: { engine: container.engine, name: container.name },
        vf: lower.index < 0 ? pf.pci : `${pf.pci}#${lower.index}`,
        mode: 'macvlan',
        ...(mode === 'bridge' ? {} : { macvlanMode: mode }),
        interface: withoutNothing({
          name: device.name,
          addresses: device.addresses.filter((address) => !isGiven(address, mac, dhcp !== undefined)),
          mtu: device.mtu === null || device.mtu === lower.mtu ? undefined : device.mtu,
          hardwareAddr: isChosen ? mac : undefined,
        }),
        ...(routes.length > 0 ? { routes } : {}),
        ...(dhcp ? { dhcp: true } : {}),
      },
    ];
  });
