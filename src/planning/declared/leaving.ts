import type { Declared } from '../../model/declared/declared';
import type { Block, Part } from '../../model/declared/declaredPlan';
import type { VirtualFunction } from '../../model/functions';
import { meantName, meantText } from '../../model/lasting/kept';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import { keptOf } from '../kept/keptFor';
import { vfLabel } from '../resolve';
import { groupOf, groupPath, type WantedAdapter } from './adapters';
import type { WantedAttachment } from './attachments';
import { insideDifferences } from './insideDifferences';
import { keptAsDeclared } from './lastingDifferences';
import { driverWanted } from './settings';

export interface Going {
  parts: Part[];
  blocks: Block[];
  notes: string[];
}

/** What is detached first: since it isn't declared, since it is to be elsewhere or otherwise, or since its VF ends or gets another driver. */
export function leaving(
  snapshot: HostSnapshot,
  declared: Declared,
  adapters: readonly WantedAdapter[],
  wanted: readonly WantedAttachment[],
  mentioned: readonly Mentioned[],
): Going {
  const going: Going = { parts: [], blocks: [], notes: [] };
  for (const vf of concerned(snapshot, adapters, wanted)) {
    const adapter = adapters.find(({ pf }) => pf.pci === vf.pf.pci);
    const claim = wanted.find((one) => one.vf?.pci === vf.pci);
    goes(going, { snapshot, declared, mentioned, vf, adapter, claim });
  }
  return going;
}

/** A container that something in the file is for. */
export type Mentioned = Pick<WantedAttachment, 'who' | 'container'>;

interface Case {
  snapshot: HostSnapshot;
  declared: Declared;
  mentioned: readonly Mentioned[];
  vf: Concerned;
  adapter: WantedAdapter | undefined;
  claim: WantedAttachment | undefined;
}
type Concerned = VirtualFunction & { pf: WantedAdapter['pf']; label: string };

/** The VFs of the adapters of the file, and whatever else it names. */
function concerned(
  snapshot: HostSnapshot,
  adapters: readonly WantedAdapter[],
  wanted: readonly WantedAttachment[],
): Concerned[] {
  const labelled = (pf: WantedAdapter['pf'], vf: VirtualFunction): Concerned => ({
    ...vf,
    ...{ pf, label: vfLabel(pf, vf) },
  });
  const ofAdapters = adapters.flatMap(({ pf }) =>
    [...pf.vfs, wholePf(pf, snapshot)].map((vf) => labelled(pf, vf)),
  );
  const others = wanted.flatMap(({ pf, vf }) =>
    vf === undefined || ofAdapters.some(({ pci }) => pci === vf.pci) ? [] : [labelled(pf, vf)],
  );
  return [...ofAdapters, ...others].sort((a, b) => (a.pci < b.pci ? -1 : 1));
}

function goes(going: Going, one: Case): void {
  const { snapshot, declared, vf, adapter, claim } = one;
  const isKeptRightly = stopsKeeping(going, one);
  const ends = adapter?.isRemade === true && vf.index >= 0;
  const group = adapter && groupOf(adapter, vf.index);
  const rebinds = group !== undefined && driverWanted(vf.pf, vf, group) !== undefined;
  if (vf.holder.kind === 'vfio') {
    if (ends)
      going.parts.push(
        detaching(`Unbind ${vf.driver} from ${vf.label}`, { kind: 'configure', vf: vf.pci, driver: 'none' }),
      );
    return;
  }
  if (vf.holder.kind !== 'container' && vf.holder.kind !== 'netns') return;
  const holder = vf.holder.name ?? `network namespace ${vf.holder.netnsInode}`;
  const isThere = claim?.container !== undefined && claim.container.netnsInode === vf.holder.netnsInode;
  const inside =
    isThere && claim.container ? insideDifferences(snapshot, vf.pci, claim.container, claim.about) : [];
  const isFree = isMentioned(one.mentioned, vf.holder.netnsInode) || declared.onHolders === 'detach';
  const isStray = claim === undefined && declared.attachments !== undefined && !isKeptRightly;
  const unlisted = isStray && (isFree || declared.attachments?.length === 0);
  const why = ends
    ? 'the number of VFs changes'
    : rebinds
      ? 'its driver changes'
      : claim && !isThere
        ? `it is declared for ${claim.who}`
        : undefined;
  if (why === undefined && inside.length === 0 && !unlisted) {
    if (isStray) going.notes.push(`${vf.label} stays in ${holder}, which the file doesn't mention.`);
    return;
  }
  if (!isFree) {
    going.blocks.push({
      path:
        adapter && (ends || rebinds)
          ? [...(ends ? adapter.path : groupPath(adapter, vf.index)), ends ? 'numVfs' : 'deviceType']
          : claim
            ? [...claim.path, 'vf']
            : ['attachments'],
      text: `${vf.label} is in ${holder}, which the file doesn't mention${why === undefined ? '' : `, and ${why}`}. Detach it, or set onHolders: detach in the file.`,
    });
  }
  const stays = isThere && inside.length === 0 && (ends || rebinds);
  const about = { stage: 'detach', pci: vf.pci, subject: vf.label } as const;
  going.parts.push({
    ...detaching(`Detach ${vf.label} from ${holder}`, { kind: 'detach', vf: vf.pci }),
    differences: stays
      ? []
      : inside.length > 0
        ? inside.map((other) => ({ ...about, act: 'change', ...other, what: `${other.what} in ${holder}` }))
        : [{ ...about, act: 'destroy', what: 'attachment', from: `${holder} as ${vf.name}`, to: null }],
    losses: [`${holder} loses ${vf.name}${isThere ? ' until it is attached again' : ''}`],
  });
}

export const isMentioned = (mentioned: readonly Mentioned[], netnsInode: number | null): boolean =>
  mentioned.some(({ container }) => container !== undefined && container.netnsInode === netnsInode);

/** Whether it is kept as declared, or nothing is said about that; else that ends. */
function stopsKeeping(going: Going, { snapshot, declared, vf, claim, mentioned }: Case): boolean {
  const kept = keptOf(snapshot, vf.pci);
  if (!kept) return false;
  const who = meantText(kept.intent.container);
  const isNamed = mentioned.some(({ who: other }) => other === meantName(kept.intent.container));
  const isFree = isNamed || declared.onHolders === 'detach';
  const unlisted =
    claim === undefined &&
    declared.attachments !== undefined &&
    (isFree || declared.attachments.length === 0);
  const isWrong =
    claim !== undefined &&
    claim.about.lasting !== undefined &&
    (!claim.about.lasting || !keptAsDeclared(snapshot, claim).isRight);
  if (!unlisted && !isWrong) return true;
  if (!isFree && !claim)
    going.blocks.push({
      path: ['attachments'],
      text: `${vf.label} is kept for ${who}, which the file doesn't mention. Stop that, or set onHolders: detach in the file.`,
    });
  going.parts.push({
    ...detaching(`Stop keeping ${vf.label} for ${who}`, { kind: 'stop-keeping', ids: [kept.intent.id] }),
    differences: [
      {
        ...{
          stage: 'detach',
          act: claim?.about.lasting ? 'change' : 'destroy',
          pci: vf.pci,
          subject: vf.label,
        },
        ...{
          what: 'lasting',
          from: `for ${who} as ${kept.intent.inside}`,
          to: claim?.about.lasting ? `for ${claim.who}` : null,
        },
      },
    ],
  });
  return false;
}

export const detaching = (title: string, request: Part['request']): Part => ({
  ...{ stage: 'detach', title, request, differences: [], losses: [], doubts: [], waits: false },
});
