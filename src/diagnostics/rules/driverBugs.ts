import { command } from '../command';
import { always, fix, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import { bringsUp } from '../view/failures';
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

const vfDrivers = /^(?:iavf|i40evf|ixgbevf|igbvf|ice|i40e|ixgbe|igb|mlx\d_core|bnxt_en|i915|xe|vfio-pci)$/;
const inVfDriver =
  /\b(?:iavf|i40evf|ixgbevf|igbvf|ice|i40e|ixgbe|mlx\d|bnxt)\w*_\w+\+0x|\bsriov_(?:numvfs_store|disable|enable)\+0x|\bvfio_pci\w*\+0x/;
/** A task that waits for ever in a driver, or after one has complained. */
const stuck = (view: View): Hit[] => {
  const tasks = view.find(/\btask \S+ blocked for more than \d+ seconds/);
  const failing = view.said.some(
    ({ driver, text, message }) =>
      inVfDriver.test(text) || (vfDrivers.test(driver ?? '') && /fail|error|timed? ?out/i.test(message)),
  );
  return failing ? hitsBySubject(tasks) : [];
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
      when: said(
        /PF returned error -\d+ \((?:IAVF|VIRTCHNL)_\w+\) to our request|PF\/VF API version mismatch|Unable to send opcode \d+ to PF, err/i,
      ),
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
      id: 'bugs.up-busy',
      cause: 'driver-bug',
      severity: always('error'),
      when: (view) =>
        view.failures
          .filter(({ text, errno }) => errno === 'EBUSY' && bringsUp.test(text) && !/numvfs/.test(text))
          .map((f) => hit(f.iface ?? f.pci, f.evidence)),
      title: 'The driver of the interface does not let it come up: it is busy',
      explain:
        'The driver is still in a reset, or did not finish the one after the VF was configured or moved to another namespace. Older VF drivers (i40evf of Linux 3.10, early iavf) stay in that state.',
      fixes: [
        fix('command', 'Try again after some seconds; if it stays so, probe the VF again', {
          commands: [
            command`echo ${'VF'} > /sys/bus/pci/devices/${'VF'}/driver/unbind`,
            command`echo ${'VF'} > /sys/bus/pci/drivers_probe`,
          ],
        }),
        ...update('Use a newer kernel or driver'),
      ],
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
      id: 'bugs.stuck',
      cause: 'driver-bug',
      severity: always('warning'),
      when: stuck,
      title: 'A task hangs in the driver of the adapter',
      explain:
        'The kernel reports a task that waits for a lock or an answer that does not come. The trace that follows names the function; only a reboot ends it.',
      fixes: update('Boot a newer kernel, or the last one that worked'),
      past: 'event',
    },
    {
      id: 'bugs.firmware-state',
      cause: 'driver-bug',
      severity: always('error'),
      when: (view) => [
        ...said(/failed to roll ?back to orig|Expected to see disabled NIC but it is/i)(view),
        ...(view.find(/\bprobe of \S+ failed with error -22|_resume failed, -22/).length > 0
          ? said(/\bfailed, status bad (?:parameter|input|op)\w*\(0x\w+\), syndrome/i)(view)
          : []),
      ],
      title: "The driver and the adapter's firmware disagree about its state",
      explain:
        'The firmware rejects a command that the driver believes to be right, or is in another state than the driver expects. That is a fault of the driver, or of this pair of driver and firmware.',
      fixes: update(
        'Boot a newer kernel, or the last one that worked; use matching releases of driver and firmware',
      ),
    },
    {
      id: 'bugs.hang',
      cause: 'driver-bug',
      severity: always('warning'),
      when: said(
        /NETDEV WATCHDOG: \S+ \((?:iavf|ixgbevf|igbvf|i40e|ice|ixgbe|mlx\d_core|bnxt_en)\)|TX driver issue detected, PF reset issued|TX driver issue detected on VF|Malicious Driver Detection event|Detected Tx Unit Hang|device's health compromised|Firmware over \d+ MS in (?:pre-)?initializing state, aborting/i,
      ),
      title: 'The adapter or its driver hung or was reset',
      explain:
        "The adapter stopped a misbehaving queue, or the driver found one stuck. Usually the versions of driver and firmware don't match.",
      fixes: update('Use matching releases of driver and adapter firmware'),
    },
  ],
};
