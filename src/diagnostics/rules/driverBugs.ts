import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

const update = (what: string) => [fix('driver', what, { needsReboot: true })];

/** Lines of one device that come again and again: a single one is how a VF starts. */
const repeated =
  (pattern: RegExp, times: number) =>
  (view: View): Hit[] => {
    const lines = view.find(pattern);
    return hitsBySubject(lines).filter(
      ({ subject }) => lines.filter(({ pci }) => (pci ?? 'host') === subject).length >= times,
    );
  };

export const driverBugs: Family = {
  id: 'driver.bugs',
  cause: 'driver-bug',
  fine: 'The log shows no known driver bug',
  looked: (view) => (view.live?.dmesgReadable ? ['kernel log'] : []),
  rules: [
    {
      id: 'bugs.ice-reset-loop',
      cause: 'driver-bug',
      severity: always('error'),
      when: (view) => [
        ...said(/PF failed to honor VF \d+, opcode 5[23]|to our request 5[23]\b/i)(view),
        ...repeated(/Reset indication received from the PF|Never saw reset/i, 3)(view),
      ],
      title: 'The VF is reset in a loop by its physical function',
      explain:
        "A known bug of Intel's out-of-tree ice driver (2.5.4 and 2.6.4 on kernel 6.18): because of a race in VLAN filters, the VF's first requests are rejected, and the VF driver resets forever. Older iavf releases (3.7.81 to 4.5.3) may wait for a reset that never comes.",
      fixes: update('Use the in-tree ice and iavf drivers, or releases of both that fix it'),
    },
    {
      id: 'bugs.iavf-no-config',
      cause: 'driver-bug',
      severity: always('error'),
      when: said(
        /Unable to get VF config due to PF error condition|Unable to get VF config \(-?\d+\)|Failed to communicate with PF; waiting before retry/i,
      ),
      title: 'The VF driver does not get its configuration from the physical function',
      explain:
        "A known bug of Intel's out-of-tree i40e driver since 2.28.5 on preemptible kernels with several VFs: the state of a VF is read while another operation changes it.",
      fixes: update('Use the in-tree i40e driver, or a release before 2.28.5'),
      yieldsTo: ['pf-link-down'],
    },
    {
      id: 'bugs.vf-refused',
      cause: 'driver-bug',
      severity: always('warning'),
      when: said(/PF returned error -\d+ \((?:IAVF|VIRTCHNL)_\w+\) to our request/i),
      title: 'The physical function rejects requests of the VF driver',
      explain:
        "The drivers of the VF and its physical function are incompatible, or the VF is in the middle of a reset. Usually their versions don't match.",
      fixes: update('Use PF and VF drivers of matching versions, or the in-tree ones'),
      yieldsTo: ['driver-bug', 'vf-mac-set-by-pf'],
    },
    {
      id: 'bugs.vf-in-reset',
      cause: 'driver-bug',
      severity: always('warning'),
      when: (view) => [
        ...said(/VF \d+ still in reset\. Try again/i)(view),
        ...view.failures
          .filter(({ text, errno }) => errno === 'EAGAIN' && /\bvf \d+/i.test(text))
          .map((f) => hit(f.pci ?? f.iface, f.evidence)),
      ],
      title: 'A VF was configured while it was still in reset',
      explain:
        'i40e resets a VF on each change made through the physical function, and rejects further changes until the reset is over. Trying again helps.',
      fixes: [fix('command', 'Wait a moment between changes, and repeat the one that failed')],
    },
    {
      id: 'bugs.device-gone',
      cause: 'driver-bug',
      severity: always('warning'),
      when: said(
        /Unable to change power state from (?:D3cold|unknown) to D0|device inaccessible|MMIO access returns 0xFFFFFFFF/i,
      ),
      title: 'A function does not wake up from its sleep state',
      explain:
        'It reads as all ones after a reset or in its sleep state: a fault of the device or of its reset, not of SR-IOV.',
      fixes: [
        fix('kernel-args', 'Prevent it from sleeping: disable_idle_d3 for vfio-pci, or pcie_port_pm=off'),
      ],
      yieldsTo: ['ari-missing'],
    },
    {
      id: 'bugs.guc',
      cause: 'driver-bug',
      severity: always('error'),
      when: said(
        /\*ERROR\*.*(?:GUC: mmio request 0x\w+: failure|GuC initialization failed|VF (?:\d+ )?(?:provision|FLR|bootstrap)\w* failed)/i,
      ),
      title: 'The graphics driver and its firmware (GuC) do not match',
      explain:
        'The out-of-tree i915 driver and the GuC firmware of host and guest must have matching versions.',
      fixes: update('Use matching releases of driver and firmware'),
      yieldsTo: ['mmio-too-small'],
    },
    {
      id: 'bugs.crash',
      cause: 'driver-bug',
      severity: always('error'),
      when: said(
        /BUG: (?:unable to handle|kernel NULL)|kernel BUG at drivers\/(?:net|pci|gpu|vfio|iommu)|WARNING: .* at drivers\/(?:net\/ethernet|gpu\/drm|vfio)\/|general protection fault.*(?:iavf|ice|i40e|ixgbe|mlx|bnxt|i915|xe)/i,
      ),
      title: 'A driver crashed or failed an internal check',
      explain:
        "The trace that follows names the function. Search for it in the driver's bug reports and the kernel's stable releases.",
      fixes: update('Boot a newer kernel, or the last one that worked'),
    },
    {
      id: 'bugs.hang',
      cause: 'driver-bug',
      severity: always('warning'),
      when: said(
        /NETDEV WATCHDOG: \S+ \((?:iavf|ixgbevf|igbvf|i40e|ice|ixgbe|mlx\d_core|bnxt_en)\)|TX driver issue detected, PF reset issued|TX driver issue detected on VF|Malicious Driver Detection event|Detected Tx Unit Hang|device's health compromised/i,
      ),
      title: 'The adapter or its driver hung or was reset',
      explain:
        "The adapter stopped a misbehaving queue, or the driver found one stuck. Usually the versions of driver and firmware don't match.",
      fixes: update('Use matching releases of driver and adapter firmware'),
    },
  ],
};
