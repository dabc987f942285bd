import type { Purpose } from '../model/finding';
import type { Rule } from './rule';
import type { View } from './view/view';

/** Drafts of findings, before it is settled how bad they are. */
export interface Judged {
  rule: Rule;
  severity: Record<Purpose, string>;
}

const passedOn =
  /vfio|\bdpdk\b|\bEAL: |\bqemu|libvirt|pass-?through|hostdev|virt-host-validate|\bvirsh\b|igb_uio|uio_pci_generic|\b(?:start|boot|launch)\w* (?:the |a )?(?:VM|guest)\b|device assignment|no iommu_group|\bSET_CONTAINER|kubevirt|\bVMI\b|\bpvesh\b|\bnova\b/i;

/** What shows that somebody wants to hand a function to a virtual machine or to DPDK. */
export const wantsVfio = (view: View): boolean =>
  view.said.some((line) => passedOn.test(line.text) && !/Command line:/i.test(line.text)) ||
  (view.args?.tokens.some((token) => /^vfio[-_]/.test(token)) ?? false);

/** What shows VFs at work as network devices: one that is up with carrier, under a name that says so. */
const netdevsWork = (view: View): boolean =>
  view.interfaces.some(({ name, carrier }) => carrier && /v\d+$/.test(name));

/**
 * The purpose by which evidence is judged when nobody named one. A live host is asked about containers. Of a log that
 * somebody sends, the purpose isn't known: it is judged for passthrough when it speaks of passthrough, or when nothing
 * else in it is wrong and no VF is seen at work; `either` means that what concerns only passthrough is worth a
 * warning beside the failure that the log is about.
 */
export function inferPurpose(view: View, found: readonly Judged[]): Purpose | 'either' {
  if (view.live) return 'netdev';
  if (wantsVfio(view)) return 'vfio';
  if (found.some(({ severity }) => severity.netdev === 'error')) return 'either';
  return netdevsWork(view) ? 'netdev' : 'vfio';
}
