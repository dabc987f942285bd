import { quoteAll } from '../../model/quote';
import type { PathOrder, SeenDevice } from '../../model/wire/path';
import { fix, pass, unknown, wrong, type Check } from './check';
import { isAlone, questionsTo, reachedBy } from './reached';

/** Both ends of the function: where it is, and its adapter. */
const ends: Check['asks'] = ({ device, pf }) => [
  {
    ...{ section: 'device', when: 'before', program: 'ip' },
    argv: ['ip', '-j', '-d', '-s', 'addr', 'show', 'dev', device],
  },
  ...(pf
    ? [
        {
          ...{ section: 'pf', when: 'before' as const, program: 'ip', onHost: true as const },
          argv: ['ip', '-j', '-d', 'link', 'show', 'dev', pf.name],
        },
      ]
    : []),
];

const enabled = (order: PathOrder, ...argv: string[]): string => quoteAll([...order.enter, ...argv]);
export const onPf = ({ pf, vf }: PathOrder, ...argv: string[]): string =>
  quoteAll(['ip', 'link', 'set', 'dev', pf?.name ?? '', 'vf', `${vf?.index}`, ...argv]);

const flags = (name: string, { up, carrier }: SeenDevice): string =>
  `${name}: ${up ? 'up' : 'down'}, ${carrier ? 'carrier' : 'no carrier'}`;

export const link: Check = {
  id: 'path.link',
  cause: 'pf-link-down',
  asks: (order) => [...ends(order), ...questionsTo(order)],
  judge(order, answers) {
    const { device, label, pf, vf } = order;
    const [own, adapter] = [answers.device('device'), answers.device('pf')];
    if (!own) return unknown(`The link of ${label} is unknown`, `There is no ${device} where it was.`);
    const evidence = [flags(device, own), ...(pf && adapter ? [flags(pf.name, adapter)] : [])];
    if (!own.up)
      return {
        ...wrong(
          `${label} is down`,
          'It was never brought up, or was brought down. It neither sends nor receives.',
          evidence,
          [
            fix(`Bring ${device} up`, {
              commands: [enabled(order, 'ip', 'link', 'set', 'dev', device, 'up')],
            }),
          ],
        ),
        cause: 'other',
      };
    // Between VFs, some adapters switch without a link of their own.
    const isCutOff = !own.carrier || isAlone(reachedBy(order, answers));
    if (pf && adapter && !adapter.up && isCutOff)
      return wrong(
        `The adapter ${pf.name} is down`,
        `${label} is a function of ${pf.name}, and most adapters pass no traffic for their VFs while they are down.`,
        evidence,
        [
          fix(`Bring ${pf.name} up`, {
            commands: [quoteAll(['ip', 'link', 'set', 'dev', pf.name, 'up'])],
            change: { kind: 'pf-up', pf: pf.pci },
          }),
        ],
      );
    if (pf && adapter && adapter.up && !adapter.carrier && isCutOff)
      return wrong(
        `The adapter ${pf.name} has no link`,
        'There is no signal at its port: check the cable, the transceiver and the port of the switch.',
        evidence,
        [fix(`Check the cable of ${pf.name}, and the port at its other end`)],
      );
    if (!own.carrier && vf && adapter?.vfs.get(vf.index)?.linkState === 'disable')
      return wrong(
        `${pf?.name} keeps the link of ${label} down`,
        'Its link state is set to "disable".',
        evidence,
        [fix('Let the link follow the adapter', { commands: [onPf(order, 'state', 'auto')] })],
      );
    return own.carrier
      ? pass(`${label} is up and has a link`, evidence)
      : wrong(`${label} has no link`, 'It is up, and there is no carrier.', evidence);
  },
};

const none = '00:00:00:00:00:00';

export const mac: Check = {
  id: 'path.mac',
  cause: 'vf-mac-set-by-pf',
  asks: ends,
  judge(order, answers) {
    const { label, pf, vf, device } = order;
    if (!pf || !vf) return undefined;
    const own = answers.device('device')?.mac;
    const settings = answers.device('pf')?.vfs.get(vf.index);
    const expected = settings?.adminMac ?? null;
    if (!own || expected === null)
      return unknown(
        `Which MAC ${pf.name} expects of ${label} is unknown`,
        `${own ? pf.name : device} doesn't say.`,
      );
    const evidence = [`${device}: ${own}`, `${pf.name} vf ${vf.index}: ${expected}`];
    if (expected === none || expected === own)
      return pass(`The MAC of ${label} is the one that ${pf.name} has`, evidence);
    return wrong(
      `${label} has a different MAC than ${pf.name} expects`,
      `The adapter delivers to ${expected}, and what ${label} sends from ${own} is ${settings?.spoofchk === false ? 'not dropped, since the spoof check is off' : 'dropped by the spoof check'}.`,
      evidence,
      [
        fix(`Give ${device} that MAC`, {
          commands: [enabled(order, 'ip', 'link', 'set', 'dev', device, 'address', expected)],
        }),
        fix(`Make ${pf.name} expect the MAC of ${label}`, { commands: [onPf(order, 'mac', own)] }),
      ],
      settings?.trust === true && settings.spoofchk === false ? 'warning' : 'error',
    );
  },
};

export const vlan: Check = {
  id: 'path.vlan',
  cause: 'other',
  asks: (order) => [...ends(order), ...questionsTo(order)],
  judge(order, answers) {
    const { label, pf, vf, targets } = order;
    if (!pf || !vf) return undefined;
    const own = answers.device('pf')?.vfs.get(vf.index)?.vlan ?? null;
    if (own === null) return unknown(`The VLAN of ${label} is unknown`, `${pf.name} doesn't say.`);
    const alone = isAlone(reachedBy(order, answers));
    const evidence = [`${pf.name} vf ${vf.index}: ${inVlan(own.id)}`];
    const other = targets.find(({ at }) => at?.vlan !== undefined && at.vlan !== null && at.vlan !== own.id);
    if (alone && other?.at)
      return wrong(
        `${label} and ${other.at.label} are in different VLANs`,
        `${other.at.label} has ${other.address}, and nothing passes between ${inVlan(own.id)} and ${inVlan(other.at.vlan ?? 0)}.`,
        [...evidence, `${other.at.label}: ${inVlan(other.at.vlan ?? 0)}`],
        [fix('Put it into the same VLAN', { commands: [onPf(order, 'vlan', `${other.at.vlan}`)] })],
      );
    if (alone && own.id !== 0)
      return wrong(
        `Nobody answers in VLAN ${own.id}, into which ${pf.name} puts ${label}`,
        `${targets.map(({ address }) => address).join(' and ')} may be in another VLAN, or none; the switch may not carry VLAN ${own.id} at this port; or the machine with the address is down.`,
        [...evidence, ...reachedBy(order, answers).flatMap((one) => one.evidence)],
        [
          fix('Put it into the VLAN of its neighbours; 0: none', { commands: [onPf(order, 'vlan', '0')] }),
          fix(`Make the switch carry VLAN ${own.id} to ${pf.name}`),
        ],
      );
    return pass(`${pf.name} has ${label} in ${inVlan(own.id)}`, evidence);
  },
};

const inVlan = (id: number): string => (id === 0 ? 'no VLAN' : `VLAN ${id}`);
