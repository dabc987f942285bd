import { l10n } from 'vscode';
import { isThere } from '../../control/hostControl';
import { shortId, type Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { unfitContainer } from '../../planning/attachments/unfitContainer';
import { resolvePf } from '../../planning/resolve';
import { holderName } from '../tree/vfRow';
import { isAway, vfState } from '../tree/vfState';
import { obstacle, textOf, type Tool } from './tool';

/** More would fill a model's context and add little. */
const most = 100;

export const listFunctions: Tool = {
  running: l10n.t('Reading adapters and containers'),
  async run(workbench, input) {
    const barred = obstacle(workbench, 'snapshot');
    if (barred) return barred;
    const { host } = workbench;
    if (isThere(host.connection)) await host.refresh();
    const { snapshot, connection } = host;
    if (!snapshot) return { refused: l10n.t('The host has not been read yet.') };
    const adapter = textOf(input, 'adapter');
    const only = adapter === undefined ? undefined : resolvePf(snapshot, adapter);
    if (only && isRefusal(only)) return { refused: only.reason };
    const free = (input as { freeOnly?: unknown } | undefined)?.freeOnly === true;
    return { access: connection.state, ...described(snapshot, only ? [only] : snapshot.pfs, free) };
  },
};

function described(snapshot: HostSnapshot, pfs: PhysicalFunction[], freeOnly: boolean): object {
  const wanted = (vf: VirtualFunction) => !freeOnly || vfState(vf) === 'free';
  const vfs = pfs.flatMap((pf) => pf.vfs.filter(wanted));
  const shown = new Set(vfs.slice(0, most));
  const leftOut = {
    vfs: vfs.length - shown.size,
    containers: Math.max(0, snapshot.containers.length - most),
  };
  return {
    ...{ host: snapshot.host.id, readAt: snapshot.takenAt },
    adapters: pfs.map((pf) => ({
      ...{ name: pf.name, pci: pf.pci, driver: pf.driver, model: pf.model, up: pf.up },
      ...{ vfs: pf.numVfs ?? pf.vfs.length, mostVfs: pf.totalVfs },
      ...whereItIs(snapshot, pf),
      functions: pf.vfs.filter((vf) => shown.has(vf)).map((vf) => functionOf(snapshot, pf, vf)),
    })),
    containers: snapshot.containers.slice(0, most).map((one) => containerOf(snapshot, one)),
    unread: snapshot.problems.map(({ what, why, needs }) => `${what}: ${why}; ${needs}`),
    ...(leftOut.vfs + leftOut.containers > 0 ? { leftOut } : {}),
  };
}

const functionOf = (snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): object => ({
  ...{ vf: `${pf.name ?? pf.pci}:${vf.index}`, pci: vf.pci, state: vfState(vf), name: vf.name },
  ...{ driver: vf.driver, mac: vf.mac, vlan: vf.vlan?.id ?? null, up: vf.up },
  ...(vf.addresses.length > 0 ? { addresses: vf.addresses } : {}),
  ...whereItIs(snapshot, vf),
});

const whereItIs = (
  snapshot: HostSnapshot,
  one: Pick<VirtualFunction, 'holder' | 'protectedBecause'>,
): object => ({
  ...(isAway(one) ? { heldBy: holderName(snapshot, one) } : {}),
  ...(one.protectedBecause.length > 0 ? { protected: one.protectedBecause } : {}),
});

const containerOf = (snapshot: HostSnapshot, container: Container): object => {
  const unfit = unfitContainer(snapshot, container);
  return {
    ...{ name: container.name, engine: container.engine, id: shortId(container), state: container.state },
    ...(unfit ? { takesNoVfBecause: unfit.reason } : {}),
    interfaces: container.interfaces
      .filter(({ name }) => name !== 'lo')
      .map(({ name, addresses, vf }) => ({ name, addresses, ...(vf === null ? {} : { pci: vf }) })),
  };
};
