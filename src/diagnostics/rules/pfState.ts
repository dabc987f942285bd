import { command } from '../command';
import { always, fix, hit, hitsBySubject, whenNetdev, type Family, type Hit } from '../rule';
import { bringsUp } from '../view/failures';
import { quote, type View } from '../view/view';

const bringUp = [
  fix('command', 'Bring the physical function up', {
    commands: [command`ip link set dev ${'PF'} up`],
    change: { kind: 'pf-up', pf: '$PCI' },
  }),
];

/** PFs of `ip link` (interfaces with `vf N` lines) that are administratively down. */
const downWithVfs = (view: View): Hit[] =>
  view.live
    ? view.live.pfs
        .filter(({ up, numVfs }) => up === false && (numVfs ?? 0) > 0)
        .map(({ pci, name }) =>
          hit(pci, [`${name ?? pci}: down, with VFs`], {
            severity: whenNetdev('warning', 'warning'),
            says: name ?? undefined,
          }),
        )
    : view.interfaces
        .filter(({ name, up, vfLines }) => !up && /^\s*vf 0 /.test(vfLines[0] ?? '') && !ofVf.test(name))
        .map(({ name, header, vfLines }) => hit(name, [header, ...vfLines.slice(0, 2)], { says: name }));

/**
 * `eth0v1`, or `eth0_1`. The lines of VFs below one, or lines that don't begin with VF 0, belong to a listing of which the
 * beginning is missing.
 */
const ofVf = /(?:\dv|_)\d{1,3}$/;

const noCarrier = (view: View): Hit[] =>
  view.live
    ? view.live.pfs
        .filter(({ up, carrier, numVfs }) => up === true && carrier === false && (numVfs ?? 0) > 0)
        .map(({ pci, name }) => hit(pci, [`${name ?? pci}: no carrier`]))
    : view.interfaces
        .filter(
          ({ flags, vfLines, linkStates }) =>
            flags.includes('NO-CARRIER') && vfLines.length > 0 && linkStates.includes('auto'),
        )
        .map(({ name, header }) => hit(name, [header]));

/** `ibdev2netdev`: a PF that is down while its VFs are listed. */
const infinibandDown = (view: View): Hit[] => {
  const ports = view.said.flatMap((line) => {
    const match = /^\w+ port \d+ ==> (\S+) \((Up|Down)\)/i.exec(line.text);
    return match?.[1] ? [{ name: match[1], up: match[2] === 'Up', line }] : [];
  });
  return ports
    .filter(({ name, up }) => !up && ports.some((other) => other.name.startsWith(`${name}v`)))
    .map(({ name, line }) => hit(name, [line], { values: { PF: name } }));
};

/** A VF that is up without carrier, and no PF with carrier in sight. */
const vfsWithoutCarrier = (view: View): Hit[] =>
  view.interfaces.some(({ vfLines, carrier }) => vfLines.length > 0 && carrier)
    ? []
    : view.interfaces
        .filter(
          ({ name, flags }) =>
            /\dv\d{1,3}$/.test(name) && flags.includes('NO-CARRIER') && flags.includes('UP'),
        )
        .slice(0, 2)
        .map(({ name, header }) => hit(name, [header]));

/** The VF driver waits for a PF that is down; taken back when that VF or any link of the PF comes up later, or a PF hears from a VF. */
function waiting(view: View): Hit[] {
  if (view.live) return [];
  const waits =
    /PF still in reset state|perhaps the PF Driver isn'?t up yet|PF not ready|Is the PF interface up|because the PF is not online|since if is down|\bVFs?\b.*\bwhile (?:the )?(?:PF|interface|port) is down/i;
  if (seenUp(view)) return [];
  const lines = view.said;
  const still = lines.filter((line, at) => {
    if (!waits.test(line.text)) return false;
    return !lines
      .slice(at + 1)
      .some(
        (later) =>
          (later.pci === line.pci && /\blink (?:is )?up\b|link becomes ready/i.test(later.text)) ||
          /VF Reset msg received from vf \d/i.test(later.text),
      );
  });
  return hitsBySubject(still);
}

/** What `ip link` shows is how it is now, and a log how it was: every PF there has carrier, and so has a VF if one is listed. */
function seenUp({ interfaces }: View): boolean {
  const pfs = interfaces.filter(({ vfLines }) => vfLines.length > 0);
  const vfs = interfaces.filter(({ name }) => /\dv\d{1,3}$/.test(name));
  return pfs.length > 0
    ? pfs.every(({ carrier }) => carrier) && (vfs.length === 0 || vfs.some(({ carrier }) => carrier))
    : vfs.length > 0 && vfs.every(({ carrier }) => carrier);
}

/** An interface that doesn't come up: its driver answers that the PF doesn't. */
const notStarted = (view: View): Hit[] =>
  view.failures
    .filter(({ text, errno }) => bringsUp.test(text) && (errno === 'ENETDOWN' || errno === 'EAGAIN'))
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

/** bnxt answers 0 and makes no VF when its PF is down; the number read back is the only sign. */
const silentZero = (view: View): Hit[] => {
  const facts = view
    .factsOf(/sriov_numvfs/)
    .filter(({ value }) =>
      /^0\b(?! before).*\b(?:after|still|read|unchanged|although|despite)/i.test(value.trim()),
    );
  const isDown = view.lines.some(({ text }) =>
    /state DOWN|operstate: down|\bis down\b|\binterface down\b|qdisc noop/i.test(text),
  );
  return isDown ? facts.map(({ line }) => hit(null, [line])) : [];
};

const factsDown = (view: View): Hit[] =>
  view.facts
    .filter(
      ({ key, value }) =>
        (/\/operstate$/.test(key) && /^down/i.test(value)) ||
        (/\/carrier$/.test(key) && value.trim() === '0'),
    )
    .filter(() => view.lines.some(({ text }) => /\bVFs?\b|numvfs|sriov|vf \d/i.test(text)))
    .map(({ key, line }) => hit(/net\/([^/]+)\//.exec(key)?.[1], [line]));

const withoutLink =
  'VFs follow the link of their physical function: while it is down they have no carrier, and some drivers create no VFs at all or leave them in reset.';

/** Somebody tells of functions without a link; a log tells of moments. */
const toldDown =
  /\b(?:VFs?|PFs?|physical functions?|virtual functions?|NIC|uplink)\b.{0,80}["'(]?\b(?:carrier|link)(?: state)?["']?(?: is| are)?[ :]["']?down\b|\b(?:not (?:connected|plugged|cabled)(?: in)? to (?:anything|any \w+|a (?:switch|cable|network))|no cable (?:is )?(?:connected|plugged)|cable (?:is )?(?:unplugged|not (?:connected|plugged)))\b/i;
const tellsDown = (view: View): Hit[] =>
  view.live || seenUp(view)
    ? []
    : hitsBySubject(
        view.said.filter(
          ({ source, driver, program, text }) =>
            source === 'other' && driver === null && program === null && toldDown.test(text),
        ),
      ).filter(() => view.lines.some(({ text }) => /\bVFs?\b|numvfs|sriov/i.test(text)));

export const pfState: Family = {
  id: 'adapter.state',
  cause: 'pf-link-down',
  fine: 'All adapters with VFs are up',
  looked: (view) => [
    ...quote(
      (view.live?.pfs ?? []).filter(({ up }) => up === true).map(({ pci, name }) => `${name ?? pci}: up`),
    ),
    ...view.interfaces
      .filter(({ vfLines, carrier }) => vfLines.length > 0 && carrier)
      .map(({ header }) => header),
  ],
  rules: [
    {
      id: 'pf-state.down',
      cause: 'pf-link-down',
      severity: always('error'),
      when: downWithVfs,
      title: ({ says }) => `The physical function ${says ?? ''} is down`.replace('  ', ' '),
      explain: withoutLink,
      fixes: bringUp,
    },
    {
      id: 'pf-state.vf-waits',
      cause: 'pf-link-down',
      severity: always('error'),
      when: (view) => [...waiting(view), ...notStarted(view), ...silentZero(view)],
      title: 'VFs wait for a physical function that is not up',
      explain: withoutLink,
      fixes: bringUp,
    },
    {
      id: 'pf-state.no-carrier',
      cause: 'pf-link-down',
      severity: always('warning'),
      when: (view) => [
        ...noCarrier(view),
        ...factsDown(view),
        ...infinibandDown(view),
        ...vfsWithoutCarrier(view),
        ...tellsDown(view),
      ],
      title: 'The physical function has no carrier',
      explain: `${withoutLink} With "link-state enable", VFs of one adapter can still reach each other.`,
      fixes: [
        fix('command', 'Plug in the cable, or set the VFs to link-state enable', {
          commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} state enable`],
        }),
      ],
      yieldsTo: ['pf-link-down'],
    },
    {
      id: 'pf-state.down-unused',
      cause: 'pf-link-down',
      severity: always('info'),
      when: (view) =>
        (view.live?.pfs ?? [])
          .filter(({ up, numVfs }) => up === false && !numVfs)
          .map(({ pci, name }) => hit(pci, [`${name ?? pci}: down`])),
      title: 'An adapter is down and has no VFs',
      explain: 'It is brought up before VFs are created, because some drivers take minutes otherwise.',
      fixes: bringUp,
    },
  ],
};
