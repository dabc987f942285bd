import type { Purpose, Severity } from '../model/finding';
import type { SeverityByPurpose } from './rule';
import type { View } from './view/view';

const passedOn =
  /vfio|\bdpdk\b|\bEAL: |\bqemu|libvirt|pass-?through|hostdev|virt-host-validate|\bvirsh\b|igb_uio|uio_pci_generic|\b(?:start|boot|launch)\w* (?:the |a )?(?:VM|guest)\b|device assignment|no iommu_group|kubevirt|\bVMI\b|\bpvesh\b|\bnova\b/i;

/** What shows that a function is intended for a virtual machine or DPDK. */
const wantsVfio = (view: View): boolean =>
  view.said.some((line) => passedOn.test(line.text) && !/Command line:|GRUB_CMDLINE/i.test(line.text)) ||
  (view.args?.tokens.some((token) => /^vfio[-_]/.test(token)) ?? false);

/** What shows VFs in use as network devices: one that is up with carrier, under a name that says so. */
const netdevsWork = (view: View): boolean =>
  view.interfaces.some(({ name, carrier }) => carrier && /v\d+$/.test(name));

export type Judge = (severity: SeverityByPurpose) => Severity;

/**
 * How findings are judged when no purpose is given. A live host is judged for containers. What a pasted log
 * is about isn't known, so each finding counts at its worst, with two exceptions: a log that speaks of
 * passthrough is judged for that; and in one that doesn't, what stops only passthrough is a warning beside another
 * failure, and a note where VFs are seen in use as network devices.
 */
export function inferJudge(view: View, found: readonly SeverityByPurpose[]): Judge {
  if (view.live) return forPurpose('netdev');
  if (wantsVfio(view)) return forPurpose('vfio');
  const failsAnyway = found.some(({ netdev }) => netdev === 'error');
  const works = netdevsWork(view);
  return ({ netdev, vfio }) => {
    if (netdev !== 'info' || (vfio !== 'error' && vfio !== 'warning')) return netdev;
    if (works) return 'info';
    return failsAnyway ? 'warning' : vfio;
  };
}

export const forPurpose =
  (purpose: Purpose): Judge =>
  (severity) =>
    severity[purpose];
