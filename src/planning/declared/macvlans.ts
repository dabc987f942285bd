import type { Container } from '../../model/container';
import { containerText, type Declared } from '../../model/declared/declared';
import type { Block, Part } from '../../model/declared/declaredPlan';
import type { MacvlanRecord } from '../../model/macvlan';
import { functionAt, pfOf, type HostSnapshot } from '../../model/snapshot';
import { vfLabel } from '../resolve';
import { groupOf, groupPath, type WantedAdapter } from './adapters';
import { common, named } from './arriving';
import { containerOf, namedFunction, type WantedAttachment } from './attachments';
import { deviceDifferences, differing, type InsideDifference } from './insideDifferences';
import { detaching, isMentioned, type Going, type Mentioned } from './leaving';
import { driverWanted } from './settings';

/** A macvlan that a container is to have; of its function there may be several. */
export interface WantedMacvlan extends WantedAttachment {
  container: Container;
  /** The one that it has already. */
  record?: MacvlanRecord;
}

/** Which function each macvlan is on, and which of those that there are is meant. */
export function wantedMacvlans(
  snapshot: HostSnapshot,
  { attachments = [] }: Declared,
  adapters: readonly WantedAdapter[],
): { wanted: WantedMacvlan[]; blocks: Block[] } {
  const blocks: Block[] = [];
  const wanted: WantedMacvlan[] = [];
  for (const [at, about] of attachments.entries()) {
    if (about.mode !== 'macvlan') continue;
    const path = ['attachments', at];
    const who = containerText(about.container);
    const container = containerOf(snapshot, about.container, false);
    const found = namedFunction(snapshot, adapters, about);
    if (typeof container === 'string') blocks.push({ path: [...path, 'container'], text: container });
    else if (typeof found === 'string') blocks.push({ path: [...path, 'vf'], text: `${who}: ${found}` });
    else if (container) {
      const { pf, index } = found;
      const on = pf.name ?? pf.pci;
      const label = index < 0 ? on : `VF ${index} of ${on}`;
      wanted.push({ about, path, who, container, ...found, label });
    }
  }
  // Those with a name first; the others take what is left.
  const names = (one: WantedMacvlan) => one.about.interface?.name;
  for (const one of [...wanted].sort((a, b) => Number(!names(a)) - Number(!names(b)))) {
    const free = ofContainer(snapshot, one).filter(
      (record) => !wanted.some((other) => other.record === record),
    );
    one.record =
      free.find((record) => deviceOf(one.container, record)?.name === names(one)) ??
      free.find(
        (record) => !wanted.some((other) => names(other) === deviceOf(other.container, record)?.name),
      );
  }
  return { wanted, blocks };
}

const ofContainer = ({ macvlans }: HostSnapshot, { vf, container }: WantedMacvlan): MacvlanRecord[] =>
  macvlans.filter((record) => record.on === vf?.pci && isOf(record, container));

const isOf = ({ container: { id, netnsInode } }: MacvlanRecord, container: Container): boolean =>
  container.id === id && container.netnsInode === netnsInode;

const deviceOf = ({ interfaces }: Container, { mac }: MacvlanRecord) =>
  interfaces.find((one) => one.mac === mac && one.vf === null);

/** What is taken away first: as of functions that are attached. */
export function macvlansLeaving(
  snapshot: HostSnapshot,
  declared: Declared,
  adapters: readonly WantedAdapter[],
  { wanted, mentioned }: { wanted: readonly WantedMacvlan[]; mentioned: readonly Mentioned[] },
): Going {
  const going: Going = { parts: [], blocks: [], notes: [] };
  for (const record of snapshot.macvlans) {
    const vf = functionAt(snapshot, record.on);
    const pf = vf && (pfOf(snapshot, vf) ?? snapshot.pfs.find(({ pci }) => pci === vf.pci));
    const adapter = adapters.find((one) => one.pf === pf);
    const claim = wanted.find((one) => one.record === record);
    if (!vf || !pf || !(adapter || wanted.some((one) => one.vf?.pci === vf.pci))) continue;
    const label = vfLabel(pf, vf);
    const { name: holder, netnsInode } = record.container;
    const group = adapter && groupOf(adapter, vf.index);
    const why =
      adapter?.isRemade && vf.index >= 0
        ? 'the number of VFs changes'
        : group && driverWanted(pf, vf, group) !== undefined
          ? 'its driver changes'
          : undefined;
    const inside = claim ? macvlanDifferences(record, claim) : [];
    const isFree = isMentioned(mentioned, netnsInode) || declared.onHolders === 'detach';
    const isStray = claim === undefined && declared.attachments !== undefined;
    const what = `the macvlan ${record.inside} of ${holder}`;
    if (
      why === undefined &&
      inside.length === 0 &&
      !(isStray && (isFree || declared.attachments?.length === 0))
    ) {
      if (isStray) going.notes.push(`${label} keeps ${what}, which the file doesn't mention.`);
      continue;
    }
    if (!isFree)
      going.blocks.push({
        path:
          adapter && why
            ? adapter.isRemade
              ? [...adapter.path, 'numVfs']
              : [...groupPath(adapter, vf.index), 'deviceType']
            : ['attachments'],
        text: `${label} has ${what}, which the file doesn't mention${why === undefined ? '' : `, and ${why}`}. Detach it, or set onHolders: detach in the file.`,
      });
    const about = { stage: 'detach', pci: vf.pci, subject: label } as const;
    going.parts.push({
      ...detaching(`Remove ${what} from ${label}`, {
        kind: 'detach',
        vf: vf.pci,
        container: record.container.id,
      }),
      differences:
        inside.length > 0
          ? inside.map((one) => ({ ...about, act: 'change', ...one, what: `${one.what} in ${holder}` }))
          : claim
            ? []
            : [
                {
                  ...about,
                  act: 'destroy',
                  what: 'macvlan',
                  from: `${holder} as ${record.inside}`,
                  to: null,
                },
              ],
      losses: [`${holder} loses ${record.inside}${claim ? ' until it is attached again' : ''}`],
    });
  }
  return going;
}

/** What isn't declared may be anything. */
function macvlanDifferences(record: MacvlanRecord, { about, container }: WantedMacvlan): InsideDifference[] {
  const device = deviceOf(container, record);
  const { macvlanMode, interface: inside } = about;
  return [
    ...differing('mode of the macvlan', record.mode, macvlanMode),
    ...(device ? deviceDifferences(container, device, record.dhcp !== undefined, about) : []),
    ...differing('MTU', `${device?.mtu}`, inside?.mtu === undefined ? undefined : `${inside.mtu}`),
  ];
}

/** What is put on a function last; `going`: what is taken away before. */
export function macvlansArriving(
  wanted: readonly WantedMacvlan[],
  adapters: readonly WantedAdapter[],
  going: Going,
): Part[] {
  return wanted.flatMap((one): Part[] => {
    const { about, container, record, label, who, vf, pf, index } = one;
    const goes = record && going.parts.some(({ request }) => isFor(request, record));
    if (record && !goes) return [];
    const inside = about.interface?.name;
    const to = `${who}${inside === undefined ? '' : ` as ${inside}`}`;
    const isRemade = index >= 0 && adapters.some((other) => other.isRemade && other.pf === pf);
    const waits = vf === undefined || goes === true || isRemade;
    return [
      {
        stage: 'attach',
        title: `Attach a macvlan on ${label} to ${to}`,
        request: {
          ...{ kind: 'attach', mode: 'macvlan', ...common(about), vf: named(one, waits) },
          ...{ macvlanMode: about.macvlanMode, container: container.id, engine: container.engine },
        },
        differences: record
          ? []
          : [
              {
                ...{ stage: 'attach', act: 'create', pci: vf?.pci ?? null, subject: label },
                ...{ what: 'macvlan', from: null, to },
              },
            ],
        ...{ losses: [], doubts: [], waits },
      },
    ];
  });
}

const isFor = (request: Part['request'], { on, container }: MacvlanRecord): boolean =>
  request.kind === 'detach' && request.vf === on && request.container === container.id;
