import type { Declared, Path } from '../../model/declared/declared';
import { stages, type Block, type DeclaredPlan, type Part } from '../../model/declared/declaredPlan';
import type { HostSnapshot } from '../../model/snapshot';
import { groupOf, wantedAdapters, type WantedAdapter } from './adapters';
import { arriving } from './arriving';
import type { AskedOf } from './asLeft';
import { wantedAttachments, type WantedAttachment } from './attachments';
import { inTurn } from './inTurn';
import { leaving } from './leaving';
import { macvlansArriving, macvlansLeaving, wantedMacvlans } from './macvlans';
import { pathOf } from './pathOf';
import { askedOf } from './settings';
import { countParts, vfParts } from './vfParts';

/**
 * What differs between a host and what is declared for it, and the changes from the one to the other, each planned for the host as those
 * before leave it. What is in the way of any of them is in the way of all: then there are none.
 */
export function planDeclared(snapshot: HostSnapshot, declared: Declared): DeclaredPlan {
  const { plan, asked, pathOf } = compareDeclared(snapshot, declared);
  const { parts, blocks } = inTurn(snapshot, plan.parts, asked);
  const places = [...plan.places, ...blocks.map(({ part, text }) => ({ path: pathOf(part), text }))];
  return {
    ...plan,
    differences: parts.flatMap(({ differences }) => differences),
    parts: places.length > 0 ? [] : parts,
    ...blocking(places),
  };
}

const blocking = (places: Block[]): Pick<DeclaredPlan, 'blocks' | 'places'> => ({
  blocks: [...new Set(places.map(({ text }) => text))].sort(),
  places,
});

interface Compared {
  plan: DeclaredPlan;
  /** What VFs that are still to be created are asked to have. */
  asked: AskedOf;
  /** What in the file asks for a change. */
  pathOf: (part: Part) => Path;
}

/** The same before any of it is planned. */
export function compareDeclared(snapshot: HostSnapshot, declared: Declared): Compared {
  const elsewhere = forAnother(snapshot, declared);
  if (elsewhere !== undefined)
    return {
      plan: {
        ...{ host: snapshot.host.id, differences: [], parts: [], notes: [] },
        ...blocking([{ path: ['host'], text: elsewhere }]),
      },
      asked: () => ({}),
      pathOf: () => ['host'],
    };
  const { wanted: adapters, blocks: ofAdapters } = wantedAdapters(snapshot, declared);
  const { wanted, blocks: ofClaims } = wantedAttachments(snapshot, declared, adapters);
  const macvlans = wantedMacvlans(snapshot, declared, adapters);
  const mentioned = [...wanted, ...macvlans.wanted];
  const going = leaving(snapshot, declared, adapters, wanted, mentioned);
  const ending = macvlansLeaving(snapshot, declared, adapters, { wanted: macvlans.wanted, mentioned });
  const leaves = new Set(
    going.parts.flatMap(({ request }) => (request.kind === 'detach' ? [request.vf] : [])),
  );
  const vfs = vfParts(snapshot, adapters, wanted, leaves);
  const coming = arriving(snapshot, wanted, remade(adapters, wanted, leaves));
  const all = [
    ...[...going.parts, ...ending.parts, ...countParts(adapters), ...vfs.parts, ...coming.parts],
    ...macvlansArriving(macvlans.wanted, adapters, ending),
  ];
  const parts = inOrder(waiting(all, adapters));
  return {
    plan: {
      host: snapshot.host.id,
      differences: parts.flatMap(({ differences }) => differences),
      parts,
      notes: [...going.notes, ...ending.notes],
      ...blocking([
        ...[...ofAdapters, ...ofClaims, ...macvlans.blocks, ...going.blocks, ...ending.blocks],
        ...[...vfs.blocks, ...coming.blocks],
      ]),
    },
    pathOf: (part) => pathOf(snapshot, part, adapters, mentioned),
    asked(pf, index) {
      const adapter = adapters.find((one) => one.pf.pci === pf);
      const group = adapter && groupOf(adapter, index);
      return group ? askedOf(group) : {};
    },
  };
}

const forAnother = ({ host: { id, hostname } }: HostSnapshot, { host }: Declared): string | undefined =>
  host === undefined || host === hostname || host === id
    ? undefined
    : `This file is for ${host}, but this host is ${hostname ?? id}.`;

/** What is taken away before it is attached, by detaching it or with its VF. */
const remade = (
  adapters: readonly WantedAdapter[],
  wanted: readonly WantedAttachment[],
  leaves: ReadonlySet<string>,
): Set<string> =>
  new Set([
    ...leaves,
    ...wanted.flatMap(({ pf, vf, index }) =>
      vf && index >= 0 && adapters.some((one) => one.isRemade && one.pf.pci === pf.pci) ? [vf.pci] : [],
    ),
  ]);

/** Those for which something before them decides how the host is then wait for that. */
function waiting(all: readonly Part[], adapters: readonly WantedAdapter[]): Part[] {
  const rank = (one: Part) => stages.indexOf(one.stage);
  const touched = (one: Part) => [functionOf(one), ...one.differences.flatMap(({ pci }) => pci ?? [])];
  const first = new Map<string, number>();
  for (const part of all)
    for (const pci of touched(part)) first.set(pci, Math.min(first.get(pci) ?? Infinity, rank(part)));
  const detaches = all.some(({ stage }) => stage === 'detach');
  const isRemade = (part: Part) =>
    adapters.some(({ isRemade: is, pf }) => is && functionOf(part).startsWith(`${pf.pci}:`));
  return all.map((part) => {
    const isTouched = touched(part).some((pci) => pci !== '' && (first.get(pci) ?? Infinity) < rank(part));
    const waits = part.waits || isTouched || isRemade(part) || (part.stage === 'count' && detaches);
    return { ...part, waits };
  });
}

const functionOf = ({ request }: Part): string =>
  'vf' in request ? request.vf : 'pf' in request ? request.pf : '';

/** By stage, then by function, whatever the order in the file. */
const inOrder = (parts: Part[]): Part[] => {
  const key = (part: Part) =>
    `${stages.indexOf(part.stage)} ${part.request.kind === 'stop-keeping' ? 0 : 1} ${functionOf(part).replace(/:(\d+)$/, (_, index: string) => `:${index.padStart(4, '0')}`)} ${part.title}`;
  return [...parts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
};
