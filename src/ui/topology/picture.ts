import { l10n } from 'vscode';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { hostName } from '../hosts/viewState';
import { oneLine } from '../hostText';
import { adapterRows, linkText, useText } from '../tree/adapters';
import type { Row } from '../tree/row';
import { attachmentOf, isAway, vfState } from '../tree/vfState';
import { hairpinsOf, withReach } from './hairpins';
import { pfId, placeId, vfId } from './ids';
import { linksOf } from './links';
import type { Look, Node, Picture } from './messages';
import { usersOf } from './users';

/** What is wired to what on a host. Whatever is text in it can be shown as it is. */
export function pictureOf(snapshot: HostSnapshot): Picture {
  const rows = new Map(
    adapterRows(snapshot)
      .flatMap((row) => [row, ...row.children])
      .map((row) => [row.id, row]),
  );
  const adapters = snapshot.pfs.map((pf) => adapter(snapshot, pf, rows.get(pfId(snapshot, pf))));
  const vfs = snapshot.pfs.flatMap((pf) =>
    pf.vfs.map((vf) => vfNode(snapshot, pf, vf, rows.get(vfId(snapshot, vf)))),
  );
  const users = usersOf(snapshot);
  const links = linksOf(snapshot, users);
  const hairpins = hairpinsOf(snapshot, users.nodes, links);
  return {
    nodes: [...places(snapshot), ...adapters, ...vfs, ...withReach(users.nodes, hairpins)],
    links,
    hairpins,
  };
}

function places(snapshot: HostSnapshot): Node[] {
  const first = new Map(snapshot.pfs.map((pf) => [placeId(snapshot, pf), pf]));
  return [...first]
    .sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }))
    .map(([id, { numaNode }]) => {
      const label =
        numaNode === null || numaNode < 0
          ? hostName(snapshot.host.id, snapshot)
          : l10n.t('NUMA node {0}', numaNode);
      return { id, layer: 0, label, detail: l10n.t('PCI Express'), look: 'plain', spoken: label };
    });
}

function adapter(snapshot: HostSnapshot, pf: PhysicalFunction, row: Row | undefined): Node {
  const protection = pf.protectedBecause.length > 0 ? l10n.t('protected') : '';
  const mode = pf.eswitchMode === 'switchdev' ? pf.eswitchMode : '';
  return {
    id: pfId(snapshot, pf),
    layer: 1,
    label: row?.label ?? pf.pci,
    detail: oneLine([useText(pf), pf.driver ?? l10n.t('no driver'), mode].filter(Boolean).join(' · ')),
    uplink: {
      text: [l10n.t('uplink {0}', linkText(pf) || '?'), protection].filter(Boolean).join(' · '),
      look: pf.up && pf.carrier !== false ? 'up' : 'down',
    },
    look: isAway(pf) ? 'up' : protection ? 'reserved' : 'plain',
    spoken: row?.spoken ?? pf.pci,
    menu: { viewItem: row?.context ?? '', host: snapshot.host.id, pf: pf.pci },
  };
}

const looks: Record<ReturnType<typeof vfState>, Look> = {
  free: 'free',
  attached: 'up',
  vfio: 'vfio',
  reserved: 'reserved',
  gone: 'off',
};

function vfNode(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  row: Row | undefined,
): Node {
  const attachment = attachmentOf(snapshot, vf.pci);
  const returned = attachment?.status === 'returned-not-restored';
  const carries = snapshot.macvlans.some(({ on }) => on === vf.pci);
  const state = vfState(vf);
  const onHost = attachment?.record.before.name;
  return {
    id: vfId(snapshot, vf),
    layer: 2,
    label: row?.label ?? vf.pci,
    detail: oneLine(returned ? l10n.t('not restored') : details[state](vf, onHost)),
    look: returned ? 'warning' : looks[state],
    spoken: row?.spoken ?? vf.pci,
    of: pfId(snapshot, pf),
    isFree: state === 'free' && !returned && !carries,
    vlan: vf.vlan?.id ?? 0,
    menu: { viewItem: row?.context ?? '', host: snapshot.host.id, vf: vf.pci },
  };
}

/** What a VF is called on the host, or why it is called nothing there. */
const details: Record<
  ReturnType<typeof vfState>,
  (vf: VirtualFunction, onHost: string | undefined) => string
> = {
  free: ({ name }) => (name === null ? l10n.t('no driver') : `${name} · ${l10n.t('free')}`),
  attached: ({ driver }, onHost) => onHost ?? driver ?? '',
  vfio: ({ driver }) => driver ?? '',
  reserved: ({ name, master, protectedBecause, keptFor }) => {
    const isKept = keptFor !== undefined && protectedBecause.length === 0;
    const why = master !== null ? '' : isKept ? l10n.t('kept') : l10n.t('protected');
    return [name ?? '', why].filter(Boolean).join(' · ');
  },
  gone: () => l10n.t('not found'),
};
