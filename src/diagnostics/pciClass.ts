/**
 * What a PCI function is, by its class: longer prefixes first. From the class codes of the PCI ID database (pci.ids);
 * only what is sold with SR-IOV has a row.
 */
const classes: readonly (readonly [prefix: string, name: string])[] = [
  ['0x0108', 'NVMe drive'],
  ['0x01', 'storage controller'],
  ['0x02', 'network adapter'],
  ['0x03', 'graphics device'],
  ['0x0b40', 'coprocessor'],
  ['0x0880', 'system peripheral'],
  ['0x0c04', 'Fibre Channel adapter'],
  ['0x10', 'encryption controller'],
  ['0x12', 'processing accelerator'],
];

/**
 * A name for what the function is, such as `NVMe drive`.
 *
 * @param code as sysfs prints it: `0x010802`
 */
export const pciClass = (code: string): string =>
  classes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? `device of PCI class ${code}`;
