import type { Block, Part } from '../../model/declared/declaredPlan';
import { isDefault } from '../../model/declared/declared';
import type { AttachRequest, ChangeRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { normalMac } from '../../model/values';
import { unfitContainer } from '../attachments/unfitContainer';
import type { WantedAttachment } from './attachments';
import { gatewayAndRoutes } from './insideDifferences';
import { keptAsDeclared } from './lastingDifferences';

/** What is attached last, or kept; `leaves`: what is detached before, by PCI address. */
export function arriving(
  snapshot: HostSnapshot,
  wanted: readonly WantedAttachment[],
  leaves: ReadonlySet<string>,
): { parts: Part[]; blocks: Block[] } {
  const all = wanted.map((one) => arrives(snapshot, one, leaves));
  return { parts: all.flatMap(({ parts }) => parts), blocks: all.flatMap(({ blocks }) => blocks) };
}

function arrives(
  snapshot: HostSnapshot,
  wanted: WantedAttachment,
  leaves: ReadonlySet<string>,
): { parts: Part[]; blocks: Block[] } {
  const { about, container, vf, label, who, path } = wanted;
  const isThere =
    vf !== undefined &&
    container !== undefined &&
    vf.holder.netnsInode !== null &&
    vf.holder.netnsInode === container.netnsInode;
  const stays = isThere && !leaves.has(vf.pci);
  const { kept, isRight } = keptAsDeclared(snapshot, wanted);
  const isLasting = about.lasting === true;
  const runs = container !== undefined && container.netnsInode !== null;
  const unfit = !isLasting && !stays && container && unfitContainer(snapshot, container);
  if (unfit) return { parts: [], blocks: [{ path: [...path, 'container'], text: unfit.reason }] };
  const inside = about.interface?.name;
  const to = `${who}${inside === undefined ? '' : ` as ${inside}`}`;
  const created = {
    stage: 'attach',
    act: 'create',
    pci: vf?.pci ?? null,
    subject: label,
    from: null,
  } as const;
  const common = { stage: 'attach' as const, losses: [], doubts: [] };
  const attaches = isLasting ? runs && !stays : !stays;
  const keeps = isLasting && !isRight;
  const waits = vf === undefined || leaves.has(vf.pci);
  return {
    blocks: [],
    parts: [
      ...(attaches
        ? [
            {
              ...{
                ...common,
                title: `Attach ${label} to ${to}`,
                request: attachRequest(wanted, waits),
                waits,
              },
              differences: isThere ? [] : [{ ...created, what: 'attachment', to }],
            },
          ]
        : []),
      // Attached before it is kept, each of the two can be taken back.
      ...(keeps
        ? [
            {
              ...{
                ...common,
                title: `Keep ${label} for ${to}`,
                request: keepRequest(wanted, waits),
                waits: waits || attaches,
              },
              differences: kept ? [] : [{ ...created, what: 'lasting', to: `for ${who}` }],
            },
          ]
        : []),
    ],
  };
}

/** One that may be another by then is named by its place. */
export const named = (
  { pf, index, vf }: Pick<WantedAttachment, 'pf' | 'index' | 'vf'>,
  waits: boolean,
): string => (index < 0 ? pf.pci : vf && !waits ? vf.pci : `${pf.pci}:${index}`);

const attachRequest = (wanted: WantedAttachment, waits: boolean): ChangeRequest => {
  const { about, container, index, who } = wanted;
  return {
    ...{ kind: 'attach', ...common(about), vf: named(wanted, waits) },
    ...{ container: container?.id ?? who, engine: container?.engine ?? about.container.engine },
    ...(index < 0 ? { mode: 'pf' } : {}),
  };
};

const keepRequest = (wanted: WantedAttachment, waits: boolean): ChangeRequest => {
  const { about, who } = wanted;
  const vf = named(wanted, waits);
  return { kind: 'keep', ...common(about), vf, container: who, engine: about.container.engine };
};

/** What the interface inside is to have, as it is asked for. */
export function common({
  interface: inside = {},
  routes,
  dhcp,
}: WantedAttachment['about']): Omit<AttachRequest, 'kind' | 'vf' | 'container'> {
  const { name, addresses, mtu, hardwareAddr } = inside;
  return {
    ...{ name, addresses, mtu, dhcp },
    mac: hardwareAddr === undefined ? undefined : normalMac(hardwareAddr),
    ...gatewayAndRoutes(routes?.filter((route) => !isDefault(route) || route.gateway !== undefined)),
  };
}
