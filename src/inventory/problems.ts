import type { Container } from '../model/container';
import { isRunning } from '../model/container';
import type { PhysicalFunction } from '../model/functions';
import type { EngineStatus, HostFacts, Problem } from '../model/snapshot';
import { fieldKeys } from '../model/vfAttributes/table';

interface Read {
  host: HostFacts;
  pfs: PhysicalFunction[];
  containers: Container[];
  engines: EngineStatus[];
  unreadNamespaces: number[];
  unreadableRecords: number;
  /** Why our folder on the host isn't trusted; empty if it is. */
  unsafeState: string;
  ipVersion: string;
  hostDevicesRead: boolean;
  /** Whether `ip -j -d` names the PCI device behind any network device (iproute2 5.14 and newer). */
  parentDevices: boolean;
}

/** Everything unknown, each with what it takes to know it. */
export function problemsOf(read: Read): Problem[] {
  const { host, pfs, containers, engines } = read;
  const root = `root: log in as root, or let ${host.user.name ?? 'this user'} use sudo`;
  return [
    ...when(host.os.system !== 'Linux', `SR-IOV of ${host.id}`, `it runs ${host.os.system}`, 'a Linux host'),
    ...when(
      !read.hostDevicesRead,
      'network devices',
      `"ip -j" failed (${read.ipVersion || 'ip is not installed'})`,
      'iproute2 5.14 or newer',
    ),
    ...when(
      read.hostDevicesRead && !read.parentDevices && pfs.length > 0,
      'which network device belongs to which function',
      `${read.ipVersion} does not report it`,
      'iproute2 5.14 or newer',
    ),
    ...when(!host.user.isRoot, 'who holds VFs that left the host', 'only root can enter namespaces', root),
    ...when(
      read.unreadNamespaces.length > 0,
      `network namespace ${read.unreadNamespaces.join(', ')}`,
      'it could not be entered',
      'a refresh: it may have ended in the meantime',
    ),
    ...when(
      read.unsafeState !== '',
      'attachments and changes',
      read.unsafeState,
      'a folder that only root can write to',
    ),
    ...when(read.unreadableRecords > 0, 'an attachment record', 'it is damaged', 'its removal'),
    ...engines.flatMap(engineProblem),
    ...pfs.flatMap((pf) => functionProblems(pf, host, root)),
    ...containers
      .filter((container) => isRunning(container) && container.netnsInode === null)
      .flatMap(({ name }) =>
        when(true, `network namespace of container ${name}`, 'it could not be read', root),
      ),
  ];
}

const when = (condition: boolean, what: string, why: string, needs: string): Problem[] =>
  condition ? [{ what, why, needs }] : [];

function engineProblem(status: EngineStatus): Problem[] {
  if (status.status === 'ok' || status.status === 'absent') return [];
  const needs = {
    denied: status.joinedLate
      ? `a new login: reconnect, or log out and in on this machine`
      : `membership of the ${status.engine} group (log in again afterwards), or root`,
    'not-running': `${status.engine} running: systemctl start ${status.engine}`,
    error: `${status.engine} answering`,
  }[status.status];
  return [{ what: `containers of ${status.engine}`, why: status.detail, needs }];
}

function functionProblems(pf: PhysicalFunction, host: HostFacts, root: string): Problem[] {
  const label = pf.name ?? pf.pci;
  const lost = pf.vfs.filter((vf) => vf.driver !== null && vf.name === null && vf.holder.kind === 'none');
  const bare = pf.vfs.filter((vf) => vf.driver === null);
  // devlink may know the MAC.
  const isSilent =
    pf.vfs.length > 0 &&
    pf.vfs.every((vf) => fieldKeys.every((key) => key === 'adminMac' || vf[key] === null));
  return [
    ...when(pf.driver === null, `network device of ${pf.pci}`, 'no driver is bound to it', 'a PF driver'),
    ...when(
      pf.model === null,
      `model of ${label}`,
      'udev has no name for its ids',
      'the hardware database (hwdata)',
    ),
    ...lost.flatMap((vf) =>
      when(
        true,
        `network device of VF ${vf.index} of ${label}`,
        'it is in a network namespace that has no process and no name',
        host.user.isRoot ? 'the release of that namespace' : root,
      ),
    ),
    ...bare.flatMap((vf) =>
      when(true, `network device of VF ${vf.index} of ${label}`, 'no driver is bound to it', 'a VF driver'),
    ),
    ...when(
      host.user.isRoot && isSilent && pf.holder.kind === 'host',
      `settings of the VFs of ${label}`,
      'the kernel did not list them',
      'a PF driver that reports its VFs',
    ),
    ...when(
      isSilent && ['container', 'netns'].includes(pf.holder.kind),
      `settings of the VFs of ${label}`,
      `the PF is in ${pf.holder.name ?? 'another network namespace'}, and they are only read on the host`,
      'its return to the host',
    ),
  ];
}
