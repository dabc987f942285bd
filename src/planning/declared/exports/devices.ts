import { containerText, type DeclaredAttachment } from '../../../model/declared/declared';
import { cdiDevice, intentName, parseMeant } from '../../../model/lasting/kept';
import { onOneLine } from '../../../model/printable';
import { quoteAll } from '../../../model/quote';
import { gatewayAndRoutes } from '../insideDifferences';
import { unsaid, type AnAttachment, type Exportable } from './exportable';
import type { Unsaid } from './exported';

/** A container that gets a VF by a CDI device. */
export interface ByDevice {
  about: DeclaredAttachment;
  /** `sriov-workbench.local/vf=fw-eth1`. */
  device: string;
  /** What makes the device on the host. */
  command: string;
}

/** The attachments whose container can be made with a device; `unfit`: why a target has no words for a container. */
export function byDevices(
  { adapters, attachments, unsaid: before }: Exportable,
  unfit: (about: DeclaredAttachment) => string | undefined,
): { devices: ByDevice[]; unsaid: Unsaid[] } {
  const taken = new Set<string>();
  const read = attachments.map((one) => ({ one, found: unfit(one.about) ?? deviceOf(one, taken) }));
  return {
    devices: read.flatMap(({ found }) => (typeof found === 'string' ? [] : [found])),
    unsaid: [
      ...before,
      ...adapters.map(({ path, about, label }) =>
        unsaid(path, about, 'This is about containers only; export adapters to another target.', label),
      ),
      ...read.flatMap(({ one: { path, about, label }, found }) =>
        typeof found === 'string'
          ? [unsaid(path, about, found, label)]
          : about.lasting
            ? []
            : [
                unsaid(
                  `${path}.lasting`,
                  about.lasting ?? false,
                  'With a device, the container has its VF whenever it runs.',
                  `${label}, lasting`,
                ),
              ],
      ),
    ],
  };
}

function deviceOf({ about }: AnAttachment, taken: Set<string>): ByDevice | string {
  const { container, vf, mode, interface: inside = {}, routes, dhcp } = about;
  if (mode === 'pf') return 'Only a VF comes with a device, not a whole adapter.';
  if (mode === 'macvlan') return 'Only a VF comes with a device, not a macvlan.';
  if (typeof vf !== 'string') return 'A device is one VF; name it as PF#INDEX.';
  if (inside.name === undefined) return 'The device is named after the interface inside; give that a name.';
  const who = containerText(container);
  const meant = parseMeant(who);
  if (typeof meant === 'string') return meant;
  if (container.name !== undefined && !('name' in meant)) return `"${who}" can't be a container's name.`;
  const device = cdiDevice(intentName(meant, inside.name));
  if (taken.has(device)) return `Another device is called ${device}.`;
  taken.add(device);
  const { gateway, routes: others = [] } = gatewayAndRoutes(routes);
  const argv = [
    ...['sriov', 'attach', vf.replace('#', ':'), who],
    ...(container.engine === undefined ? [] : ['--engine', container.engine]),
    ...['--name', inside.name],
    ...(inside.addresses ?? []).flatMap((address) => ['--address', address]),
    ...(dhcp ? ['--dhcp'] : []),
    ...(gateway === undefined ? [] : ['--gateway', gateway]),
    ...others.flatMap((route) => ['--route', [route.destination, route.gateway].filter(Boolean).join(',')]),
    ...(inside.hardwareAddr === undefined ? [] : ['--mac', inside.hardwareAddr]),
    ...(inside.mtu === undefined ? [] : ['--mtu', `${inside.mtu}`]),
    ...['--lasting', '--via', 'cdi'],
  ];
  return { about, device, command: onOneLine(quoteAll(argv)) };
}
