import type { Represented } from '../../model/functions';
import type { IpDevice } from '../ipJson';

/** By net/devlink/port.c: `pf0vf1`, `pf0sf88`, `pf0`, with `c1` before it where the function is another host's; the uplink is `p0`. */
const port = /^(?:c(\d+))?pf(\d+)(?:(vf|sf)(\d+))?$/;

/**
 * What a device stands for as a port of an adapter's switch; undefined where it is no representor. Since Linux 5.8 a representor has
 * the PCI address of its PF; before that it has none, and who its PF is shows by the id of the switch.
 */
export function representedBy({
  phys_port_name: name,
  parentdev,
}: Pick<IpDevice, 'phys_port_name' | 'parentdev'>): Represented | undefined {
  const match = name === undefined ? null : port.exec(name);
  if (name === undefined || !match) return undefined;
  const [, controller, , kind, number] = match;
  return {
    pf: parentdev ?? null,
    port: name,
    vf: kind === 'vf' && Number(controller ?? 0) === 0 ? Number(number) : null,
  };
}

/** The representor of a VF, by its PF's device. */
export const representorOf = (devices: IpDevice[], pf: IpDevice, index: number): IpDevice | undefined =>
  devices.find((device) => {
    const represented = representedBy(device);
    if (represented?.vf !== index) return false;
    const number = /^p(\d+)$/.exec(pf.phys_port_name ?? '')?.[1];
    return (
      represented.pf === pf.parentdev ||
      (represented.pf === null &&
        device.phys_switch_id !== undefined &&
        device.phys_switch_id === pf.phys_switch_id &&
        represented.port.startsWith(`pf${number}v`))
    );
  });
