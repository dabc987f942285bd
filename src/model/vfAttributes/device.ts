import { isForPrograms } from '../programDrivers';
import { driverProblem, mtuProblem } from '../values';
import type { Askable } from './attribute';

/** What belongs to the VF's own side: to its network device, and to its PCI function. */

export const mtu: Askable<number, 'mtu'> = {
  ...{ name: 'MTU', option: 'mtu', takes: 'BYTES', fresh: 1500, label: 'MTU' },
  text: String,
  problem: (value, { pf }) => mtuProblem(`${value}`, pf?.mtu ?? undefined),
  parse: (text, { pf }) => {
    const problem = mtuProblem(text, pf?.mtu ?? undefined);
    return problem === undefined ? { value: Number(text) } : { problem };
  },
  prompt: ({ pf }) => `At most ${pf?.mtu ?? 65535}, the MTU of the adapter.`,
};

/** The name of a driver, or `none` for no driver. */
export const driver: Askable<string, 'driver'> = {
  ...{ name: 'driver', option: 'driver', takes: 'NAME|none', fresh: 'none', label: 'Driver' },
  text: (name) => name,
  problem: driverProblem,
  parse: (text) => {
    const problem = driverProblem(text);
    return problem === undefined ? { value: text } : { problem };
  },
  choices: ({ facts, vf }) => {
    const usual = facts?.vfDriver ?? (isForPrograms(vf?.driver ?? null) ? null : vf?.driver);
    return [
      ...(usual ? [{ label: usual, description: 'its network driver', value: usual }] : []),
      { label: 'vfio-pci', description: 'for virtual machines and DPDK', value: 'vfio-pci' },
      { label: 'none', description: 'unbind it', value: 'none' },
    ].filter(({ value }) => driverProblem(value) === undefined);
  },
  listed: () => null,
};
