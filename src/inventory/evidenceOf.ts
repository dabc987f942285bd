import { nextBoot, toFact } from '../boot/nextBoot';
import { stateFolder } from '../model/stateFolder';
import { clients } from '../model/engines';
import type { HostEvidence, LiveFacts, LivePf, OtherFunction } from '../model/evidence';
import { engineStatus } from './engines/client';
import { appliedFix } from './readConfiguration';
import type { evidenceSections } from './printed';
import { representedBy } from './eswitch/ports';
import { answer, type Plain, type Section } from './sections';
import { netdevFile, number, pciFacts, type PciFacts } from './sysfs';
import { vfCapacity } from './vfCapacity';

type Printed = typeof evidenceSections;

/** From the sections of the evidence program to evidence. Pure; a missing section leaves `null`. */
export function evidenceOf(all: readonly Section[]): HostEvidence {
  const { body, bodyOf } = answer<Printed>(all);
  const lines = (name: Plain<Printed>) => linesOf(body(name));
  const first = (name: Plain<Printed>) => lines(name)?.[0]?.trim() ?? null;

  const [readable, ...log] = lines('log') ?? [];
  const facts = pciFacts(body('sysfs') ?? '', body('links') ?? '');
  const paths = lines('pfs') ?? [];
  const vfModules = moduleTable(lines('vf-modules'));
  const pfs = paths.map((path) => livePf(path.split('/').at(-1) ?? path, facts, vfModules));
  const others = lines('other-functions');
  const [hostname = null, kernel = null] = lines('uname') ?? [];
  const live: LiveFacts = {
    ...{ hostname, kernel, pfs },
    virtualization: first('virtualization'),
    insideContainer: first('container') === null ? null : first('container') === 'yes',
    isRoot: first('user') === '0',
    architecture: first('machine'),
    ...(others ? { otherFunctions: others.map(otherFunction) } : {}),
    cpuVendor: first('cpu')?.split(':').at(-1)?.trim() ?? null,
    iommuUnits: lines('iommu-units') ?? null,
    iommuGroups: lines('iommu-groups')?.length ?? null,
    acpiTables: lines('acpi') ?? null,
    dmesgReadable: readable === 'readable',
    blacklistedModules: blacklisted(lines('blacklist') ?? [], first('cmdline') ?? ''),
    engines: clients.flatMap(({ name }) => {
      const said = bodyOf('engine', name);
      if (said === undefined) return [];
      const status = engineStatus(name, said);
      return [{ engine: name, status: status.status, detail: 'detail' in status ? status.detail : '' }];
    }),
  };
  return {
    cmdline: first('cmdline'),
    dmesg: readable === 'readable' ? log : [],
    lspci: [],
    sysfs: {
      ...busFacts(pfs, facts, vfModules),
      ...hostFacts(lines('host-facts') ?? []),
      ...pinned(clients.flatMap(({ name }) => linesOf(bodyOf('pinned', name)) ?? [])),
      ...fixFacts(lines('fixes') ?? []),
      ...dmiFacts(lines('dmi') ?? []),
      ...(first('lockdown') ? { lockdown: first('lockdown') ?? '' } : {}),
    },
    commands: [],
    other: [...(lines('boot-configuration') ?? []), ...(lines('managers') ?? [])],
    live,
  };
}

const linesOf = (body: string | undefined): string[] | undefined =>
  body?.split('\n').filter((line) => line.trim() !== '');

/** PF → module that drives its VFs, `null` when none is installed; no entry when it couldn't be looked up. */
type ModuleTable = Map<string, string | null>;
const moduleTable = (lines: string[] | undefined): ModuleTable =>
  new Map(
    (lines ?? []).flatMap((line) => {
      const [, pci, name] = /^(\S+) (\S+)$/.exec(line) ?? [];
      return pci && name ? [[pci, name === '-' ? null : name] as const] : [];
    }),
  );

/** `PCI CLASS TOTALVFS DRIVER`; no driver is an empty word. */
function otherFunction(line: string): OtherFunction {
  const [pci = '', pciClass = '', total, driver] = line.split(' ');
  return {
    pci,
    pciClass,
    totalVfs: total && /^\d+$/.test(total) ? Number(total) : null,
    driver: driver || null,
  };
}

function livePf(pci: string, all: Map<string, PciFacts>, vfModules: ModuleTable): LivePf {
  const facts = all.get(pci) ?? { files: new Map<string, string>(), links: new Map<string, string>() };
  const name = netdevs(facts, '').find((one) => !isRepresentor(facts, one)) ?? null;
  const flags = name === null ? null : Number(netdevFile(facts, name, 'flags'));
  const carrier = name === null ? undefined : netdevFile(facts, name, 'carrier');
  const autoprobe = facts.files.get('sriov_drivers_autoprobe');
  const up = flags === null || Number.isNaN(flags) ? null : (flags & 1) === 1;
  return {
    ...{ pci, name, up },
    driver: facts.links.get('driver') ?? null,
    vendorId: facts.files.get('vendor') ?? null,
    deviceId: facts.files.get('device') ?? null,
    totalVfs: number(facts, 'sriov_totalvfs'),
    numVfs: number(facts, 'sriov_numvfs'),
    carrier: carrier === undefined ? (up === false ? false : null) : carrier === '1',
    driversAutoprobe: autoprobe === undefined ? null : autoprobe === '1',
    iommuGroup: group(facts.links.get('iommu_group')),
    linkSpeed: { current: link(facts, 'current'), max: link(facts, 'max') },
    room: vfCapacity(facts),
    vfModule: vfModules.get(pci) ?? null,
    vfs: virtualFunctions(facts),
  };
}

const virtualFunctions = (facts: PciFacts): LivePf['vfs'] =>
  [...facts.links]
    .flatMap(([below, target]) => {
      const index = /^virtfn(\d+)$/.exec(below)?.[1];
      return index === undefined ? [] : [{ index: Number(index), below, pci: target }];
    })
    .sort((a, b) => a.index - b.index)
    .map(({ below, pci }) => ({
      pci,
      driver: facts.links.get(`${below}/driver`) ?? null,
      name: netdevs(facts, `${below}/`)[0] ?? null,
      iommuGroup: group(facts.links.get(`${below}/iommu_group`)),
    }));

const isRepresentor = (facts: PciFacts, name: string): boolean =>
  representedBy({ phys_port_name: netdevFile(facts, name, 'phys_port_name') }) !== undefined;

/** Of a virtio card the network device is in the folder of the virtio device. */
const netdevs = (facts: PciFacts, folder: string): string[] => {
  const pattern = new RegExp(`^${folder}(?:virtio\\d+/)?net/([^/]+)/flags$`);
  return [...facts.files.keys()].flatMap((below) => pattern.exec(below)?.[1] ?? []);
};

const group = (target: string | undefined): number | null =>
  target !== undefined && /^\d+$/.test(target) ? Number(target) : null;

/** `8.0 GT/s PCIe` and `8` as `8.0 GT/s PCIe x8`; `null` when the slot doesn't say. */
function link(facts: PciFacts, which: 'current' | 'max'): string | null {
  const speed = facts.files.get(`${which}_link_speed`);
  const width = facts.files.get(`${which}_link_width`);
  return speed === undefined ||
    width === undefined ||
    /unknown/i.test(speed) ||
    width === '0' ||
    width === '255'
    ? null
    : `${speed.replace(/(GT\/s)$/, '$1 PCIe')} x${width}`;
}

/** What predicts whether the VFs fit the bridge's buses, and the id by which their driver was looked up. */
function busFacts(
  pfs: LivePf[],
  facts: Map<string, PciFacts>,
  vfModules: ModuleTable,
): Record<string, string> {
  const wanted = ['sriov_offset', 'sriov_stride', '../subordinate_bus_number', 'numa_node', 'local_cpulist'];
  return Object.fromEntries(
    pfs.flatMap(({ pci }) =>
      [...wanted, ...(vfModules.has(pci) ? ['sriov_vf_device'] : [])].flatMap((file) => {
        const value = facts.get(pci)?.files.get(file);
        return value === undefined ? [] : [[`/sys/bus/pci/devices/${pci}/${file}`, value]];
      }),
    ),
  );
}

/** Lines `fact: value`; one without a value wasn't readable. */
const hostFacts = (lines: string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, key, value] = /^([\w-]+):\s*(\S.*)$/.exec(line) ?? [];
      return key && value ? [[key, value.trim()]] : [];
    }),
  );

/** Containers restricted to some processors: lines `/NAME CPUS`, without CPUS for the others. */
const pinned = (lines: string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, cpus] = /^\/?([\w.-]+) ([\d,-]+)$/.exec(line) ?? [];
      return name && cpus ? [[`container ${name} cpus`, cpus]] : [];
    }),
  );

/** `/sys/class/dmi/id/sys_vendor:QEMU`: who made the machine, and how it is called. */
const dmiFacts = (lines: string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, path, value] = /^(\/sys\/class\/dmi\/id\/\w+):(.*)$/.exec(line) ?? [];
      return path !== undefined && value ? [[path, value] as const] : [];
    }),
  );

/** For each fix, the arguments that the next boot adds and removes. */
const fixFacts = (lines: string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const fix = appliedFix(line);
      if (!fix) return [];
      const change = toFact(nextBoot(fix));
      return change === '' ? [] : [[`${stateFolder}/fixes/${fix.finding}`, change] as const];
    }),
  );

/** Modules that modprobe.d or the command line keeps from loading. */
function blacklisted(lines: string[], cmdline: string): string[] {
  const configured = lines.flatMap((line) => /^\s*(?:blacklist|install)\s+(\S+)/.exec(line)?.[1] ?? []);
  const argued = cmdline
    .split(/\s+/)
    .flatMap((token) => /^(?:modprobe\.blacklist|module_blacklist)=(.+)$/.exec(token)?.[1]?.split(',') ?? []);
  return [...new Set([...configured, ...argued].map((name) => name.replaceAll('-', '_')))].sort();
}
