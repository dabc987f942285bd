import { shortId, type Container, type EngineName } from '../model/container';
import type { PhysicalFunction, VirtualFunction } from '../model/functions';
import { refuse, type Refusal } from '../model/plan';
import { allVfs, vfAt, wholePf, type HostSnapshot } from '../model/snapshot';

/** How a VF is called in sentences: `VF 0 of enp1s0`. */
export const vfLabel = (pf: PhysicalFunction, vf: VirtualFunction): string =>
  vf.pci === pf.pci ? (pf.name ?? pf.pci) : `VF ${vf.index} of ${pf.name ?? pf.pci}`;

/** A VF, or a whole PF that left the host or is on record: by its name of before, too. */
export function resolveHeld(
  snapshot: HostSnapshot,
  given: string,
): { pf: PhysicalFunction; vf: VirtualFunction } | Refusal {
  const held = snapshot.pfs.find(({ pci, name, holder }) => {
    const record = snapshot.attachments.find(({ vf }) => vf === pci)?.record;
    const away = holder.kind === 'container' || holder.kind === 'netns' || record !== undefined;
    return away && (pci === given.toLowerCase() || name === given || record?.before.name === given);
  });
  return held ? { pf: held, vf: wholePf(held, snapshot) } : resolveVf(snapshot, given);
}

/** A PF by PCI address or interface name. */
export function resolvePf(snapshot: HostSnapshot, given: string): PhysicalFunction | Refusal {
  const isMeant = called(snapshot, given);
  const pf = snapshot.pfs.find(isMeant);
  if (pf) return pf;
  const vf = allVfs(snapshot).find((other) => isMeant(other) || other.representor === given);
  if (vf?.representor === given) return representorNot(snapshot, vf, 'an adapter');
  if (vf) return refuse('no-sriov', `${given} is a virtual function; specify its physical function.`);
  const link = snapshot.links.find(
    (other) => other.name === given || other.altnames.includes(given) || other.pci === given,
  );
  if (link)
    return refuse(
      'no-sriov',
      `${link.name} does not support SR-IOV (it has no sriov_totalvfs); SR-IOV adapters on this host: ${names(snapshot)}.`,
    );
  return refuse(
    'unknown-function',
    `There is no adapter "${given}" on ${snapshot.host.id}; SR-IOV adapters on this host: ${names(snapshot)}.`,
  );
}

/**
 * Tells of functions whether that is the function's PCI address, the name of its network device or, on the host, another name of it. Where both ports
 * of a card are one function, either names it.
 */
export function called(
  { links }: HostSnapshot,
  given: string,
): (one: Pick<VirtualFunction, 'pci' | 'name'>) => boolean {
  const address = given.toLowerCase();
  const devices = links.filter(({ name, altnames }) => name === given || altnames.includes(given));
  return ({ pci, name }) => pci === address || name === given || devices.some((device) => device.pci === pci);
}

/** Whether that is the name on the host of a function that is attached, and no other device has it meanwhile. */
const isCalledAtHome = (
  { attachments, links }: HostSnapshot,
  { pci }: VirtualFunction,
  given: string,
): boolean =>
  attachments.some(({ vf, record }) => vf === pci && record.before.name === given) &&
  !links.some((link) => [link.name, ...link.altnames].includes(given));

/** A representor is the other end of a VF. */
const representorNot = (snapshot: HostSnapshot, vf: VirtualFunction, what: string): Refusal => {
  const pf = snapshot.pfs.find(({ vfs }) => vfs.includes(vf));
  const label = pf ? vfLabel(pf, vf) : vf.pci;
  return refuse(
    'no-sriov',
    `${vf.representor} is the representor of ${label}: a port of the adapter's switch, not ${what}; specify ${what === 'a VF' ? `${pf?.name}:${vf.index}` : pf?.name}.`,
  );
};

const names = (snapshot: HostSnapshot): string =>
  snapshot.pfs.map((pf) => pf.name ?? pf.pci).join(', ') || 'none';

/** A VF by PCI address, `PF:INDEX`, or the name of its interface; of one that is attached, the name that it had and will have on the host, too. */
export function resolveVf(
  snapshot: HostSnapshot,
  given: string,
): { pf: PhysicalFunction; vf: VirtualFunction } | Refusal {
  const exactly = vfAt(snapshot, given.toLowerCase());
  if (exactly) return exactly;
  const [, pfGiven, index] = /^(.+):(\d+)$/.exec(given) ?? [];
  const isMeant = called(snapshot, given);
  const isItsPf = called(snapshot, pfGiven ?? '');
  const found =
    firstVf(
      snapshot,
      (vf, pf) =>
        (isMeant(vf) && (vf.name !== given || vf.holder.kind === 'host')) ||
        (vf.index === Number(index) && isItsPf(pf)),
    ) ?? firstVf(snapshot, (vf) => isCalledAtHome(snapshot, vf, given));
  if (found) return found;
  const represented = allVfs(snapshot).find(({ representor }) => representor === given);
  if (represented) return representorNot(snapshot, represented, 'a VF');
  const pf = snapshot.pfs.find((other) => isItsPf(other) || isMeant(other));
  if (pf) {
    const label = pf.name ?? pf.pci;
    return pf.vfs.length === 0
      ? refuse('unknown-function', `${label} has no VFs yet.`, { do: 'create-vfs', pf: label })
      : refuse(
          'unknown-function',
          `"${given}" is not a VF; ${label} has VF 0 to ${pf.vfs.length - 1} (such as ${label}:0).`,
        );
  }
  return refuse(
    'unknown-function',
    `There is no VF "${given}" on ${snapshot.host.id}; a VF is a PCI address, PF:INDEX or the name of its interface.`,
  );
}

function firstVf(
  { pfs }: HostSnapshot,
  isIt: (vf: VirtualFunction, pf: PhysicalFunction) => boolean,
): { pf: PhysicalFunction; vf: VirtualFunction } | undefined {
  for (const pf of pfs) {
    const vf = pf.vfs.find((one) => isIt(one, pf));
    if (vf) return { pf, vf };
  }
  return undefined;
}

/**
 * A container by exact name, id, or the beginning of its id; a named namespace by its name. A user can give a rootless container any
 * name, so it is chosen only where none of root's fits.
 */
export function resolveContainer(
  snapshot: HostSnapshot,
  given: string,
  engine?: EngineName,
): Container | Refusal {
  const among = snapshot.containers.filter((container) => !engine || container.engine === engine);
  const ofRoot = fitting(
    among.filter(({ rootlessOf }) => rootlessOf === undefined),
    given,
  );
  const matching = ofRoot.length > 0 ? ofRoot : fitting(among, given);
  const [container] = matching;
  if (matching.length > 1) {
    const list = matching
      .map(
        (other) =>
          `${other.name} (${other.rootlessOf === undefined ? '' : `rootless of ${other.rootlessOf}, `}${other.engine} ${shortId(other)})`,
      )
      .join(', ');
    return refuse('ambiguous', `"${given}" matches ${matching.length} containers: ${list}.`, {
      do: 'say-which',
    });
  }
  return container ?? noContainer(snapshot, given, engine);
}

function fitting(containers: Container[], given: string): Container[] {
  const exact = containers.filter(({ name, id }) => name === given || id === given);
  if (exact.length > 0 || given === '') return exact;
  return containers.filter(({ engine, id }) => engine !== 'netns' && id.startsWith(given));
}

function noContainer(snapshot: HostSnapshot, given: string, engine?: EngineName): Refusal {
  const asked = snapshot.engines.filter((status) => !engine || status.engine === engine);
  const silent = asked.flatMap((status) => (status.status === 'ok' ? [] : [status]));
  const answered = engine === 'netns' || asked.some((status) => status.status === 'ok');
  const why = silent
    .map(({ status, detail, engine: name }) => (status === 'absent' ? detail : `${name}: ${detail}`))
    .join('; ');
  const known = snapshot.containers.filter((c) => !engine || c.engine === engine).map((c) => c.name);
  if (!answered)
    return refuse('engine-unreachable', `Container "${given}" was not found on ${snapshot.host.id}: ${why}.`);
  const hint = silent.some(({ status }) => status !== 'absent') ? ` (${why})` : '';
  return refuse(
    'unknown-container',
    `There is no container "${given}" on ${snapshot.host.id}${hint}; there are: ${known.join(', ') || 'none'}.`,
  );
}

/** For a change that goes through the PF: it was given away, or has no driver. */
export const pfIsAway = (label: string): Refusal =>
  refuse(
    'in-use',
    `The physical function of ${label} is not on the host; detach it or bind its driver first.`,
  );
