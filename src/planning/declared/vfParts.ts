import type { Block, Part } from '../../model/declared/declaredPlan';
import type { HostSnapshot } from '../../model/snapshot';
import { groupOf, groupPath, type WantedAdapter } from './adapters';
import type { WantedAttachment } from './attachments';
import {
  askedOf,
  configured,
  driverWanted,
  settingsDifferences,
  settingsTitle,
  unfitSettings,
} from './settings';

/** Another number of VFs. */
export const countParts = (adapters: readonly WantedAdapter[]): Part[] =>
  adapters
    .filter(({ isRemade }) => isRemade)
    .map(({ pf, label, count }) => ({
      stage: 'count',
      title: `Set the number of VFs of ${label} to ${count}`,
      request: { kind: 'set-vfs', pf: pf.pci, count },
      differences: [
        {
          ...{ stage: 'count', pci: pf.pci, subject: label, what: 'number of VFs' },
          act: pf.numVfs === 0 ? 'create' : count === 0 ? 'destroy' : 'change',
          from: pf.numVfs === null ? null : `${pf.numVfs}`,
          to: `${count}`,
        },
      ],
      ...{ losses: [], doubts: [], waits: false },
    }));

/** Drivers and settings of the VFs that there are, and of those that will be. */
export function vfParts(
  snapshot: HostSnapshot,
  adapters: readonly WantedAdapter[],
  wanted: readonly WantedAttachment[],
  leaves: ReadonlySet<string>,
): { parts: Part[]; blocks: Block[] } {
  const all = adapters.flatMap((adapter) =>
    Array.from({ length: adapter.count }, (_, index) => ofVf(adapter, index, wanted, leaves)),
  );
  return { parts: all.flatMap(({ parts }) => parts), blocks: all.flatMap(({ blocks }) => blocks) };
}

function ofVf(
  adapter: WantedAdapter,
  index: number,
  wanted: readonly WantedAttachment[],
  leaves: ReadonlySet<string>,
): { parts: Part[]; blocks: Block[] } {
  const { pf, label, isRemade } = adapter;
  const claim = wanted.find((one) => one.pf.pci === pf.pci && one.index === index);
  const group = { vfRange: `${index}`, ...groupOf(adapter, index) };
  const vf = isRemade ? undefined : pf.vfs.find((one) => one.index === index);
  const subject = `VF ${index} of ${label}`;
  const driver = driverWanted(pf, vf, group);
  if (claim && group.deviceType === 'vfio-pci')
    return {
      parts: [],
      blocks: [
        {
          path: [...claim.path, 'vf'],
          text: `${subject} can't be both bound to vfio-pci and attached to ${claim.who}.`,
        },
      ],
    };
  const inside = claim?.about.interface?.mtu;
  // A device that comes with another driver has its MTU then.
  const mtu =
    driver !== undefined
      ? undefined
      : vf && inside !== undefined && !leaves.has(vf.pci) && vf.holder.kind !== 'host'
        ? inside
        : group.mtu;
  const asked = askedOf({ ...group, mtu });
  const { differences, asked: changes } = settingsDifferences({ pf, vf, subject }, asked);
  const request = vf?.pci ?? `${pf.pci}:${index}`;
  const common = { losses: [], doubts: [], waits: vf === undefined };
  return {
    blocks: vf === undefined ? unfitSettings({ pf, vf, subject }, asked, groupPath(adapter, index)) : [],
    parts: [
      ...(driver === undefined
        ? []
        : [
            {
              ...{
                stage: 'driver' as const,
                title: `Bind ${driver} to ${subject}`,
                request: configured(request, { driver }),
              },
              differences: [
                {
                  ...{
                    stage: 'driver' as const,
                    act: vf ? ('change' as const) : ('create' as const),
                    pci: vf?.pci ?? null,
                  },
                  ...{ subject, what: 'driver', from: vf ? (vf.driver ?? 'none') : null, to: driver },
                },
              ],
              ...common,
            },
          ]),
      ...(differences.length === 0
        ? []
        : [
            {
              ...{ stage: 'settings' as const, title: `${subject}: ${settingsTitle(changes)}`, differences },
              request: configured(request, changes),
              ...common,
            },
          ]),
    ],
  };
}
