import { keyOf, spelled } from '../../model/lasting/late';
import type { HostSnapshot } from '../../model/snapshot';

/** A text in which VFs that only the host can name are called as everywhere: `VF 0 of enp1s0`. */
export const forPeople = (snapshot: HostSnapshot, text: string): string =>
  spelled(text, (name, key) => {
    if (name === 'mac') return 'its own MAC';
    if (name === 'driver') return 'its driver';
    const pf = snapshot.pfs.find(({ pci }) => key.startsWith(`${keyOf(pci)}_`));
    return `VF ${key.replace(/.*_/, '')} of ${pf?.name ?? pf?.pci}`;
  });
