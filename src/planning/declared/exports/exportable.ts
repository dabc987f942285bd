import {
  containerText,
  rangeOf,
  type Declared,
  type DeclaredAdapter,
  type DeclaredAttachment,
  type VfGroup,
} from '../../../model/declared/declared';
import type { PciAddress } from '../../../model/functions';
import type { HostSnapshot } from '../../../model/snapshot';
import { wantedAdapters } from '../adapters';
import type { Unsaid } from './exported';

/** One adapter, as far as it is known which. */
export interface AnAdapter {
  /** `adapters[0]`. */
  path: string;
  label: string;
  about: DeclaredAdapter;
  pci?: PciAddress;
  name?: string;
  groups: AGroup[];
  /** Every VF that it is to have is declared to have a network driver. */
  isAllNetdevice: boolean;
}

export interface AGroup {
  path: string;
  /** `VFs 0-1 of enp1s0`. */
  label: string;
  about: VfGroup;
  from: number;
  to: number;
}

export interface AnAttachment {
  path: string;
  /** `0000:3b:00.0#0 in fw`. */
  label: string;
  about: DeclaredAttachment;
}

/** What a file declares, adapter by adapter. */
export interface Exportable {
  host?: string;
  adapters: AnAdapter[];
  attachments: AnAttachment[];
  /** What nothing but `sriov` can do, and what isn't there. */
  unsaid: Unsaid[];
}

/** With the host, adapters are known by all that they are called. */
export function exportable(declared: Declared, snapshot?: HostSnapshot): Exportable {
  const { host, onHolders, adapters = [], attachments } = declared;
  const found = adapters.map((about, index) => {
    const path = `adapters[${index}]`;
    return { path, about, those: snapshot ? ofHost(snapshot, about) : ofFile(about) };
  });
  return {
    ...(host === undefined ? {} : { host }),
    adapters: found.flatMap(({ path, about, those }) => those.map((known) => adapter(path, about, known))),
    attachments: (attachments ?? []).map((about, index) => ({
      ...{ path: `attachments[${index}]`, about },
      label: `${typeof about.vf === 'string' ? about.vf : `a VF of ${about.vf.resourceName}`} in ${containerText(about.container)}`,
    })),
    unsaid: [
      ...(onHolders === undefined
        ? []
        : [unsaid('onHolders', onHolders, 'Only applying a file takes VFs away from containers.')]),
      ...found
        .filter(({ those }) => those.length === 0)
        .map(({ path, about }) => unsaid(path, about, `${snapshot?.host.id} has no such adapter.`)),
      ...(attachments?.length === 0
        ? [unsaid('attachments', [], 'Only applying a file sees to it that nothing is attached.')]
        : []),
    ],
  };
}

export const unsaid = (path: string, value: unknown, why: string, what = path): Unsaid => ({
  ...{ path, what, value, why },
});

type Known = Pick<AnAdapter, 'pci' | 'name'>;

const ofHost = (snapshot: HostSnapshot, about: DeclaredAdapter): Known[] =>
  wantedAdapters(snapshot, { version: 1, adapters: [about] }).wanted.map(({ pf: { pci, name } }) => ({
    ...{ pci, ...(name !== null && isPlain(name) ? { name } : {}) },
  }));

/** Several addresses with several names: nobody knows which belong together. */
function ofFile({ nicSelector: { rootDevices = [], pfNames = [] } }: DeclaredAdapter): Known[] {
  const [name] = pfNames.length === 1 && rootDevices.length === 1 ? pfNames.filter(isPlain) : [];
  if (rootDevices.length > 0) return rootDevices.map((pci) => ({ pci, ...(name ? { name } : {}) }));
  return pfNames.length > 0 ? pfNames.map((one) => (isPlain(one) ? { name: one } : {})) : [{}];
}

/** It means nothing special in any of the files that are written. */
const isPlain = (name: string): boolean => /^[A-Za-z0-9][\w.@-]*$/.test(name);

function adapter(path: string, about: DeclaredAdapter, known: Known): AnAdapter {
  const label = known.name ?? known.pci ?? path;
  const { numVfs = 0, vfGroups = [] } = about;
  const groups = vfGroups.map((group, index) => groupOf(`${path}.vfGroups[${index}]`, label, group));
  return {
    ...{ path, about, label, ...known },
    isAllNetdevice:
      numVfs > 0 &&
      vfGroups.every(({ deviceType }) => deviceType === 'netdevice') &&
      groups.reduce((sum, { from, to }) => sum + to - from + 1, 0) === numVfs,
    groups,
  };
}

function groupOf(path: string, adapterLabel: string, about: VfGroup): AGroup {
  const { from, to } = rangeOf(about.vfRange);
  const label = `${from === to ? `VF ${from}` : `VFs ${from}-${to}`} of ${adapterLabel}`;
  return { path, label, about, from, to };
}
