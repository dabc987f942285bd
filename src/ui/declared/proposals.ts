import type { Declared, Path } from '../../model/declared/declared';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { holderName } from '../tree/vfRow';

/** A value that the host has. */
export interface Proposal {
  value: string | number;
  detail: string;
}

type Proposing = (snapshot: HostSnapshot, declared: Partial<Declared>) => Proposal[];

/** What there is on a host for the values of a file; what the schema lists itself isn't here. `#` is whichever of a list. */
const proposing: Record<string, Proposing> = {
  host: ({ host: { hostname } }) => (hostname === null ? [] : [{ value: hostname, detail: '' }]),
  'adapters.#.nicSelector.rootDevices.#': ({ pfs }) =>
    pfs.map((pf) => ({ value: pf.pci, detail: about(pf.name, pf.model) })),
  'adapters.#.nicSelector.pfNames.#': ({ pfs }) =>
    pfs.flatMap(({ name, pci, model }) =>
      name === null ? [] : [{ value: name, detail: about(pci, model) }],
    ),
  'adapters.#.nicSelector.vendor': ({ pfs }) => ids(pfs, (pf) => pf.vendorId),
  'adapters.#.nicSelector.deviceID': ({ pfs }) => ids(pfs, (pf) => pf.deviceId),
  'adapters.#.numVfs': ({ pfs }) =>
    pfs.flatMap(({ name, pci, totalVfs }) =>
      totalVfs === null ? [] : [{ value: totalVfs, detail: name ?? pci }],
    ),
  'attachments.#.container.name': ({ containers }) =>
    containers.map(({ name, engine, image }) => ({ value: name, detail: about(engine, image) })),
  'attachments.#.container.compose.project': ({ containers }) =>
    containers.flatMap(({ composeProject: value, name }) => (value ? [{ value, detail: name }] : [])),
  'attachments.#.container.compose.service': ({ containers }) =>
    containers.flatMap(({ composeService: value, name }) => (value ? [{ value, detail: name }] : [])),
  'attachments.#.vf': (snapshot) =>
    snapshot.pfs.flatMap((pf) =>
      pf.vfs.map((vf) => ({ value: `${pf.pci}#${vf.index}`, detail: aboutVf(snapshot, pf, vf) })),
    ),
  'attachments.#.vf.resourceName': (_, { adapters = [] }) =>
    adapters.flatMap(({ vfGroups = [] }) =>
      vfGroups.flatMap(({ resourceName: value, vfRange }) => (value ? [{ value, detail: vfRange }] : [])),
    ),
};

/** What can be written at a place of a file; each value once. */
export function proposals(path: Path, snapshot: HostSnapshot, declared: Partial<Declared>): Proposal[] {
  const place = path.map((word) => (typeof word === 'number' ? '#' : word)).join('.');
  const all = Object.hasOwn(proposing, place) ? proposing[place]?.(snapshot, declared) : undefined;
  return [...new Map((all ?? []).map((one) => [one.value, one])).values()].map(({ value, detail }) => ({
    value,
    detail: oneLine(detail),
  }));
}

const about = (...words: (string | null | undefined)[]): string => words.filter(Boolean).join(' · ');

const aboutVf = (snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): string =>
  about(
    pf.name,
    vf.name,
    vf.holder.kind === 'container' || vf.holder.kind === 'netns' ? holderName(snapshot, vf) : vf.driver,
  );

const ids = (pfs: readonly PhysicalFunction[], of: (pf: PhysicalFunction) => string | null): Proposal[] =>
  pfs.flatMap((pf) => {
    const id = of(pf)?.replace(/^0x/, '');
    return id === undefined ? [] : [{ value: id, detail: about(pf.name, pf.model) }];
  });
