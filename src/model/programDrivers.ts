/**
 * Whether a driver hands a function to a program, a virtual machine or nobody, so that it has no network device: `vfio-pci` and its
 * kin (`mlx5_vfio_pci`), `uio_pci_generic`, `igb_uio`, `pci-stub`, `pciback`.
 */
export const isForPrograms = (driver: string | null): boolean =>
  driver !== null && /vfio|^uio_|_uio$|^pci-stub$|pciback$/.test(driver);
