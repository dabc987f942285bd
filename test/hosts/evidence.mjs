import { lines } from './probe.mjs';
import { folder, sysfsOf } from './sysfs.mjs';

/**
 * What `evidence.sh` prints on a recorded host, run as root: `[section, text]`, in its order.
 *
 * @param {import('./record.mjs').RecordedHost} host
 * @returns {[string, string][]}
 */
export function evidenceAnswer(host) {
  const { files, links } = sysfsOf(host);
  const withIommu = host.pfs.some(({ group }) => group !== undefined);
  const groups = host.pfs.flatMap(({ group, vfs }) => [group, ...vfs.map((vf) => vf.group)]);
  return [
    ['user', lines(0)],
    ['uname', lines(host.hostname, host.kernel)],
    ['virtualization', lines('none')],
    ['container', lines('no')],
    ['cmdline', lines(host.cmdline ?? 'quiet intel_iommu=on iommu=pt')],
    ['machine', lines('x86_64')],
    ['cpu', lines('vendor_id\t: GenuineIntel')],
    ['iommu-units', withIommu ? lines('dmar0', 'dmar1') : ''],
    ['iommu-groups', lines(...new Set(groups.flatMap((group) => group ?? [])))],
    ['acpi', lines('APIC', 'DMAR', 'DSDT', 'FACP', 'MCFG')],
    ['lockdown', lines('[none] integrity confidentiality')],
    ['boot-configuration', ''],
    ['dmi', lines('/sys/class/dmi/id/sys_vendor:Example')],
    ['fixes', ''],
    ['blacklist', ''],
    ['managers', ''],
    ['host-facts', lines('HugePages_Total:       0', 'nodes: 0-1', 'vfio-pci: installed', 'devlink: there')],
    ['pfs', lines(...host.pfs.map(({ pci }) => folder(pci)))],
    ['sysfs', lines(...files)],
    ['links', lines(...links)],
    ['vf-modules', lines(...host.pfs.map(({ pci, module }) => `${pci} ${module || '-'}`))],
    ['log', lines('readable', ...(host.log ?? []))],
    ['engine docker', lines('ok')],
    ['pinned docker', lines(...(host.containers ?? []).map(({ name }) => `/${name} `))],
    ['engine podman', lines('absent')],
    ['end', ''],
  ];
}

/**
 * What `configuration.sh` prints there: a host whose boot loader isn't known, so that nothing of it is changed.
 *
 * @param {import('./record.mjs').RecordedHost} host
 * @returns {[string, string][]}
 */
export const configurationAnswer = (host) => [
  ['cmdline', lines(host.cmdline ?? 'quiet intel_iommu=on iommu=pt')],
  ['kernel', lines(host.kernel)],
  ['container', lines('no')],
  ['os', lines(host.os.id)],
  ['loader', ''],
  ['tools', ''],
  ['generated', ''],
  ['modules', lines(...new Set(host.pfs.map(({ driver }) => driver)))],
  ['end', ''],
];
