import { quoteAll } from '../../model/quote';
import { fix, pass, unknown, wrong, type Check, type Judged } from './check';
import { arpAnswers, asked, pingAnswered, questionsTo, reachedBy, type Reached } from './reached';

const isIPv4 = (address: string): boolean => !address.includes(':');
const bare = (cidr: string): string => cidr.split('/')[0] ?? '';
const twice = (address: string): string => `twice ${address}`;

/** Who else has one of its addresses. */
export const duplicate: Check = {
  id: 'path.address',
  cause: 'other',
  asks: ({ device, addresses }) =>
    addresses
      .map(bare)
      .filter(isIPv4)
      .map((address) => ({
        ...{ section: twice(address), when: 'together', program: 'arping' },
        argv: ['arping', '-D', '-c', '2', '-w', '3', '-I', device, address],
      })),
  judge({ label, addresses }, answers) {
    const own = answers.device('device');
    if (addresses.length === 0)
      return wrong(
        `${label} has no address`,
        'It is not reachable by IP. If no program in the container needs that, this is fine.',
        [],
        [],
        'warning',
      );
    const asking = addresses.map(bare).filter(isIPv4);
    const found = asking.map((address) => ({ address, macs: arpAnswers(answers.text(twice(address))) }));
    const taken = found.flatMap(({ address, macs }) =>
      (macs ?? []).filter((mac) => mac !== own?.mac).map((mac) => `${address} is at ${mac}`),
    );
    const all = [...taken, ...(own?.duplicates ?? []).map((address) => `${address}: dadfailed`)];
    if (all.length > 0)
      return wrong(
        `Another machine has an address of ${label}`,
        'Traffic to that address reaches one of the two, and not always the same one.',
        all,
        [fix('Give one of them another address')],
      );
    return found.some(({ macs }) => macs === null)
      ? unknown(
          `Whether another machine has an address of ${label} is unknown`,
          'This takes arping (of iputils or BusyBox), which is missing or could not run.',
        )
      : pass(`No other machine has an address of ${label}`, addresses);
  },
};

export const neighbour: Check = {
  id: 'path.neighbour',
  cause: 'other',
  asks: questionsTo,
  judge(order, answers) {
    const { label, targets, addresses, device } = order;
    if (targets.length === 0)
      return unknown(
        `Whether ${label} reaches anything is unknown`,
        'It has no gateway, and no neighbour is known: name an address that should answer.',
      );
    const far = targets.find(({ isNear }) => !isNear);
    if (far && addresses.length > 0)
      return wrong(
        `${far.address} is in no network of ${label}`,
        'A gateway must be in one of its networks, or it is not found.',
        [...addresses.map((address) => `${device}: ${address}`), `gateway: ${far.address}`],
        [fix('Correct the address, its prefix length, or the gateway')],
      );
    const reached = reachedBy(order, answers);
    const lost = reached.find(({ ping, found }) => found === false || (ping === false && found === null));
    if (lost) return unanswered(label, lost);
    const silent = reached.find(({ ping }) => ping === false);
    if (silent)
      return wrong(
        `${silent.target.address} is there, but answers no ping`,
        'It answers ARP. Its own firewall may drop pings, or its return route may lead elsewhere.',
        silent.evidence,
        [],
        'warning',
      );
    const names = reached.map(({ target }) => target.address).join(' and ');
    return reached.every(({ ping }) => ping === null)
      ? unknown(
          `Whether ${label} reaches ${names} is unknown`,
          'There is no ping on the host, or it could not run.',
        )
      : pass(
          `${label} reaches ${names}`,
          reached.flatMap(({ evidence }) => evidence),
        );
  },
};

const unanswered = (label: string, { target, evidence }: Reached): Judged =>
  wrong(
    `${target.address} does not answer ${label}`,
    'Link, MAC and VLAN look right, so the address may be wrong, its machine down, or the path to it interrupted beyond the adapter.',
    evidence,
    [fix('Check the address, and the machine that should have it')],
  );

export const counters: Check = {
  id: 'path.counters',
  cause: 'driver-bug',
  asks: ({ device, targets }) =>
    targets.length === 0
      ? []
      : [
          {
            ...{ section: 'device-after', when: 'after', program: 'ip' },
            argv: ['ip', '-j', '-d', '-s', 'addr', 'show', 'dev', device],
          },
        ],
  judge(order, answers) {
    const { label, targets } = order;
    if (targets.length === 0) return undefined;
    const [before, after] = [answers.device('device'), answers.device('device-after')];
    const moved = (of: 'sent' | 'received') => (after?.[of] ?? NaN) - (before?.[of] ?? NaN);
    const [sent, received] = [moved('sent'), moved('received')];
    if (Number.isNaN(sent) || Number.isNaN(received))
      return unknown(`The counters of ${label} are unknown`, 'They could not be read.');
    const evidence = [`sent: ${sent}, received: ${received}`];
    const answered = reachedBy(order, answers).some(({ ping }) => ping === true);
    if (sent <= 0 && !answered)
      return wrong(
        `Nothing leaves ${label}`,
        'Packets were sent, but its counters show none: its driver or its queues are stuck.',
        evidence,
        [fix('Bring it down and up; if that is not enough, bind its driver again')],
      );
    return pass(`${label} counts what it sends and receives`, evidence);
  },
};

/** Of the headers of IP and ICMP. */
const headers = (address: string): number => (isIPv4(address) ? 28 : 48);

export const mtu: Check = {
  id: 'path.mtu',
  cause: 'other',
  asks: ({ targets, mtu: size, device }) =>
    targets.map(({ address }) => ({
      ...{ section: asked.whole(address), when: 'together', program: 'ping' },
      argv: [
        ...['ping', '-n', '-M', 'do', '-s', `${size - headers(address)}`],
        ...['-c', '2', '-i', '0.3', '-W', '1', '-w', '3', '-I', device, address],
      ],
    })),
  judge(order, answers) {
    const { label, mtu: size, device, enter } = order;
    const reached = reachedBy(order, answers).filter(({ ping }) => ping === true);
    if (reached.length === 0) return unknown(`The MTU of the path is unknown`, 'Nobody answered a ping.');
    const tried = reached.map(({ target: { address } }) => {
      const said = answers.text(asked.whole(address));
      return { address, said: said ?? '', passes: pingAnswered(said) };
    });
    const lost = tried.find(({ passes }) => passes === false);
    if (lost) {
      const known = /mtu ?= ?(\d+)/i.exec(lost.said)?.[1];
      return wrong(
        `Packets of ${size} bytes don't reach ${lost.address}`,
        `${label} has an MTU of ${size}, and small packets are answered: a hop on the path, or the machine at its end, accepts ${known ? `only ${known} bytes` : 'less'}.`,
        lost.said.split('\n').filter((line) => /mtu|too long|transmitted/i.test(line)),
        [
          fix('Raise the MTU along the path, or lower that of the interface', {
            commands: [quoteAll([...enter, 'ip', 'link', 'set', 'dev', device, 'mtu', known ?? '1400'])],
          }),
        ],
      );
    }
    return tried.some(({ passes }) => passes === null)
      ? unknown(`The MTU of the path is unknown`, 'The ping of the host could not ask without fragments.')
      : pass(
          `Packets of ${size} bytes pass`,
          tried.map(({ address }) => `to ${address}`),
        );
  },
};
