import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { isBifurcated } from '../../model/userspace/vfio';
import type { RunLineEngine } from './engines';
import { resolveVf, vfLabel } from '../resolve';
import { asCdi, asCompose, asLine, asQuadlet, type Container } from './runLineForms';

export interface RunLineRequest {
  /** Each by PCI address, `PF:INDEX`, or interface name. */
  vfs: string[];
  image: string;
  engine: RunLineEngine;
  /** DPDK is run with `--in-memory`, which takes no mount of huge pages. */
  inMemory: boolean;
}

export interface RunLine {
  /** The line, or the file. */
  text: string;
  /** What the program in the container takes: `-a 0000:01:10.0`. */
  arguments: string;
  notes: string[];
}

/** How a container gets VFs that were prepared: by devices, one capability and a limit, and never by all privileges. */
export function runLine(snapshot: HostSnapshot, request: RunLineRequest): RunLine | Refusal {
  if (!/^[\w.:/@-]+$/.test(request.image) || request.image.startsWith('-'))
    return refuse(
      'invalid',
      `"${request.image}" is not an image; it is a name such as dpdk or registry/dpdk:24.11.`,
    );
  const found: { pf: PhysicalFunction; vf: VirtualFunction }[] = [];
  for (const given of request.vfs) {
    const one = resolveVf(snapshot, given);
    if (isRefusal(one)) return one;
    const unfit = unfitFor(one);
    if (unfit) return unfit;
    if (!found.some(({ vf }) => vf === one.vf)) found.push(one);
  }
  const { inMemory, engine, image } = request;
  const vfs = found.map(({ vf }) => vf);
  const beside = found.filter(({ pf }) => isBifurcated(pf.driver));
  const near = nearTo(snapshot, vfs);
  const container: Container = {
    ...{ image, inMemory, vfs },
    // DPDK binds its memory to a node, which engines allow with SYS_NICE alone; without, it can't start.
    capabilities: ['IPC_LOCK', 'SYS_NICE', ...(beside.length > 0 ? ['NET_RAW'] : [])],
    alone: beside.length === 0,
    ...(near ? { near } : {}),
  };
  const files = found.filter((one) => !beside.includes(one)).map(({ vf }) => vf);
  const text = {
    docker: () => asLine('docker', container, files),
    podman: () => asLine('podman', container, files),
    compose: () => asCompose(container, files),
    quadlet: () => asQuadlet(container, files),
    cdi: () => asCdi(container, files),
  }[engine]();
  const allowed = vfs.map(({ pci }) => `-a ${pci}`).join(' ');
  return {
    text,
    arguments: `${allowed} ${inMemory ? '--in-memory' : `--file-prefix ${prefixOf(vfs)}`}`,
    notes: [
      ...vfs.flatMap((vf) => usersNote(vf)),
      ...beside.map(
        ({ pf, vf }) =>
          `${vfLabel(pf, vf)} has a network device that goes into the container as well: attach it once that runs.`,
      ),
      ...(near || snapshot.nodeCpus === undefined || snapshot.nodeCpus.length < 2
        ? []
        : ['The VFs are near no single NUMA node that is known, so the processors are not chosen.']),
      ...(files.length > 0 && ['compose', 'quadlet', 'cdi'].includes(engine)
        ? ['The number of a VFIO group may be another one after a boot; print this again then.']
        : []),
      ...(engine === 'cdi' ? [cdiNote(container)] : []),
    ],
  };
}

function unfitFor({ pf, vf }: { pf: PhysicalFunction; vf: VirtualFunction }): Refusal | undefined {
  const label = vfLabel(pf, vf);
  if (isBifurcated(pf.driver))
    return vf.uverbs === undefined
      ? refuse(
          'no-netdev',
          `${label} has no uverbs device, by which DPDK works beside ${pf.driver}; is ib_uverbs loaded?`,
        )
      : undefined;
  return vf.driver === 'vfio-pci' && vf.iommuGroup !== null
    ? undefined
    : refuse(
        'no-netdev',
        `${label} is ${vf.driver === null ? 'on no driver' : `on ${vf.driver}`}, not on vfio-pci; prepare it first.`,
      );
}

/** The processors and the memory of the one node that all VFs are on, where the host has several. */
function nearTo({ nodeCpus = [] }: HostSnapshot, vfs: VirtualFunction[]): Container['near'] {
  const [node, ...others] = new Set(vfs.map(({ numaNode }) => numaNode));
  const cpus = nodeCpus.find((one) => one.node === node)?.cpus;
  return nodeCpus.length < 2 || others.length > 0 || node === null || node === undefined || cpus === undefined
    ? undefined
    : { node, cpus };
}

const usersNote = ({ users = [], pci }: VirtualFunction): string[] =>
  users.map(
    ({ command, pid, container }) =>
      `${pci} is in use by ${command} (${pid}${container ? ` in ${container.name}` : ''}); a group has one user at a time.`,
  );

/** Two programs on one host must not share what DPDK keeps under its prefix. */
const prefixOf = (vfs: VirtualFunction[]): string => `vf-${vfs[0]?.pci.replaceAll(/[:.]/g, '-') ?? ''}`;

const cdiNote = (container: Container): string =>
  `It belongs into /etc/cdi. A CDI device carries neither capabilities nor limits: ${asLine('docker', container, [], true)}`;
