import type { Declared } from '../../../model/declared/declared';
import type { HostSnapshot } from '../../../model/snapshot';
import { compose } from './compose';
import { exportable, type Exportable } from './exportable';
import type { Exported } from './exported';
import type { ExportFormat } from './formats';
import { link } from './link';
import { netplan } from './netplan';
import { networkManager } from './networkManager';
import { nmstate } from './nmstate';
import { operator } from './operator';
import { quadlet } from './quadlet';

interface Target {
  /** What it is for. */
  says: string;
  /** What to know before it is used. */
  notes: string[];
  of: (wanted: Exportable) => Exported;
}

/** What a file can be exported to, one row each. */
export const targets: Record<ExportFormat, Target> = {
  operator: {
    says: 'Objects for the SR-IOV Network Operator: a policy and a network for each group of VFs',
    notes: ['Pods use a network of their own namespace: set networkNamespace of each SriovNetwork to it.'],
    of: operator,
  },
  link: {
    says: 'Files for udev, which creates the VFs when the adapter appears',
    notes: [
      'Only the first file that matches an adapter counts: what is in the one that applies now (ID_NET_LINK_FILE in udevadm info) has to be in this one, too.',
    ],
    of: link,
  },
  netplan: { says: 'A file for netplan', notes: [], of: netplan },
  networkmanager: {
    says: 'Profiles for NetworkManager',
    notes: [
      'If an adapter has a profile already, add the section [sriov] to that one instead.',
      'NetworkManager removes the VFs again when the profile goes down.',
    ],
    of: networkManager,
  },
  nmstate: { says: 'A state for nmstatectl apply', notes: [], of: nmstate },
  compose: {
    says: 'A file to merge with that of a compose project: docker compose -f compose.yaml -f THIS up',
    notes: [],
    of: compose,
  },
  quadlet: {
    says: 'Drop-ins for the Quadlets of containers, which need Podman 5.0',
    notes: [],
    of: quadlet,
  },
};

/** What is declared, in the words of something else; with the host, adapters are known by all that they are called. */
export const exported = (format: ExportFormat, declared: Declared, snapshot?: HostSnapshot): Exported =>
  withoutDoubles(targets[format].of(exportable(declared, snapshot)));

/** Several adapters that one entry selects may have something in common. */
const withoutDoubles = ({ files, unsaid }: Exported): Exported => ({
  files,
  unsaid: [...new Map(unsaid.map((one) => [`${one.path} ${one.what}`, one])).values()],
});
