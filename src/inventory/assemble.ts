import { wholePf, type HostSnapshot, type Problem } from '../model/snapshot';
import { containersOf, processesWithDhcp } from './containers';
import { pciOf, toLink } from './devices';
import { asPort, eswitchModes, switchPorts, type SwitchPort } from './eswitch/devlink';
import { readEngines } from './engines';
import { lastChange } from './finished';
import { physicalFunction } from './functions';
import { hostFacts } from './hostFacts';
import { withRoutes } from './hostRoutes';
import { parseDevices, parseIpBatch, parseRoutes, type IpDevice } from './ipJson';
import { keptOnHost, withKept } from './lasting/intents';
import { madeOnHost, makersOnHost } from './lasting/made';
import { withNamesByUdev } from './leftNames';
import { liveMacvlans, macvlanRecords } from './macvlans';
import { namedNamespaces, processNamespaces, readNamespaces } from './namespaces';
import { problemsOf } from './problems';
import { defaultRoutes, protectedLinks, sshDevices } from './protection';
import { attachmentsOf, lostRoutes, parseRecords, pendingChanges } from './records';
import type { probeSections } from './printed';
import { answer, type Plain, type Section } from './sections';
import { pciFacts } from './sysfs';
import { hugePagesOf, nodeCpusOf } from './userspace/memory';
import { groupFilesOf, usersOf, uverbsOf } from './userspace/vfio';
import { onFunction, virtioFunctions, type VirtioFunctions } from './virtio';

/** From the probe's sections to what we know about the host. Pure; whatever is missing becomes a problem, not a failure. */
export function assemble(id: string, all: Section[]): HostSnapshot {
  const { bodies, ...said } = answer<typeof probeSections>(all);
  const body = (name: Plain<typeof probeSections>) => said.body(name) ?? '';

  const host = hostFacts(id, body);
  const facts = pciFacts(body('sysfs'), body('links'));
  const virtio = virtioFunctions(body('virtio'), facts);
  const ports = switchPorts(body('ports'));
  const { devices, routes } = hostDevices(body('host-devices'), virtio, ports);
  const links = withRoutes(devices.map(toLink), routes);
  const { namespaces, unread } = readNamespaces(all, virtio);
  const { engines, containers: listed } = readEngines(all, { user: host.user.name, groups: body('groups') });
  const containers = containersOf(
    listed,
    namedNamespaces(body('named-namespaces')),
    namespaces,
    processNamespaces(body('process-namespaces')),
    processesWithDhcp(body('dhcp-client')),
  );
  const around = {
    hostDevices: devices,
    namespaces,
    containers,
    protectedLinks: protectedLinks(links, defaultRoutes(routes), sshDevices(devices, body('ssh').trim())),
    models: models(body('udev')),
    eswitchModes: eswitchModes(body('eswitch')),
    ports,
    users: usersOf(body('vfio-users'), containers),
    uverbs: uverbsOf(body('uverbs')),
  };
  const userspace = {
    hugePages: hugePagesOf(body('huge-pages')),
    nodeCpus: nodeCpusOf(body('node-cpus')),
    groupFiles: groupFilesOf(body('group-files')),
  };
  const lasting = keptOnHost(all);
  const atBoot = madeOnHost(all);
  const pfs = withKept(
    [...facts]
      .filter(([, { files }]) => files.has('sriov_totalvfs'))
      .map(([pci, pciSide]) => physicalFunction(pci, pciSide, around))
      .sort((a, b) => (a.pci < b.pci ? -1 : 1)),
    lasting.kept,
  );
  const kept = macvlanRecords(bodies('record'));
  const { macvlans, endedMacvlans, stale } = liveMacvlans(kept.records, namespaces, host.bootId);
  const { records, unreadable } = parseRecords(kept.others);
  const ofRemoved = macvlanRecords(bodies('record-of-another'));
  const recordsOfRemoved = parseRecords(ofRemoved.others).records;
  const removed = [...recordsOfRemoved.map(({ vf }) => vf), ...ofRemoved.records.map(({ key }) => key)];
  const { attachments, staleRecords } = attachmentsOf(
    records,
    pfs.flatMap((pf) => [...pf.vfs, wholePf(pf, { links, containers })]),
    containers,
    host.bootId,
  );
  const problems: Problem[] = problemsOf({
    ...{
      host,
      pfs,
      containers,
      engines,
      unreadNamespaces: unread,
      unreadableRecords: unreadable + lasting.unreadable + atBoot.unreadable,
    },
    unsafeState: body('state-unsafe').trim(),
    ...{ ipVersion: body('ip-version').trim(), hostDevicesRead: devices.length > 0 },
    parentDevices: devices.some((device) => pciOf(device) !== null),
  });
  return {
    takenAt: new Date().toISOString(),
    host,
    pfs: withNamesByUdev(pfs, body('udev'), { links, attachments }),
    ...{ containers, attachments, problems, engines, links },
    ...Object.fromEntries(Object.entries(userspace).filter(([, all]) => all.length > 0)),
    ...{ macvlans, endedMacvlans, kept: lasting.kept, made: atBoot.made },
    makers: makersOnHost(all),
    lostRoutes: lostRoutes([...records, ...recordsOfRemoved], attachments, containers, host.bootId),
    staleRecords: [...staleRecords, ...stale, ...removed],
    namespaces: namespaces.map(({ inode, path }) => ({ inode, path })),
    pending: pendingChanges(all, host.bootId),
    lastChange: lastChange(all, host.bootId),
  };
}

function hostDevices(body: string, virtio: VirtioFunctions, ports: SwitchPort[]) {
  try {
    const [links, addresses, ...routes] = parseIpBatch(body);
    const vfLists = new Map(parseDevices(links).map((device) => [device.ifindex, device.vfinfo_list]));
    const devices: IpDevice[] = parseDevices(addresses).map((device) => ({
      ...asPort(onFunction(device, virtio), ports),
      vfinfo_list: vfLists.get(device.ifindex) ?? [],
    }));
    return { devices, routes: parseRoutes(routes[0], routes[1]) };
  } catch {
    return { devices: [], routes: [] };
  }
}

/** From udev's own database: the names of PCI ids. */
const models = (body: string): Map<string, string> =>
  new Map(
    [...body.matchAll(/^\S*\+pci:(\S+?):E:ID_MODEL_FROM_DATABASE=(.*)$/gm)].map(
      ([, pci = '', model = '']) => [pci, model],
    ),
  );
