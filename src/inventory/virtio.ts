import type { PciAddress } from '../model/functions';
import type { IpDevice } from './ipJson';
import type { PciFacts } from './sysfs';

/** `virtio3` → the PCI function that it is on. */
export type VirtioFunctions = ReadonlyMap<string, PciAddress>;

/**
 * From the folders below PFs and, by their `virtfn` links, below VFs: `/sys/bus/pci/devices/0000:03:00.0/virtfn0/virtio3`.
 * A shell pattern without a match appears as the pattern itself.
 */
export const virtioFunctions = (
  body: string,
  functions: ReadonlyMap<PciAddress, PciFacts>,
): VirtioFunctions =>
  new Map(
    [...body.matchAll(/^\/sys\/bus\/pci\/devices\/([^/]+)(?:\/(virtfn\d+))?\/(virtio\d+)$/gm)].flatMap(
      ([, pf = '', vf, virtio = '']) => {
        const pci = vf === undefined ? pf : functions.get(pf)?.links.get(vf);
        return pci === undefined ? [] : [[virtio, pci] as const];
      },
    ),
  );

/** A device with the PCI function that it belongs to: that of a virtio card hangs on the virtio device below the function. */
export function onFunction(device: IpDevice, virtio: VirtioFunctions): IpDevice {
  const pci = device.parentbus === 'virtio' && device.parentdev && virtio.get(device.parentdev);
  return pci ? { ...device, parentbus: 'pci', parentdev: pci } : device;
}
