import { command } from '../command';
import { always, fix, hit, hitsBySubject, whenNetdev, type Family, type Hit } from '../rule';
import { vfsWithoutNetdev } from './functions';
import type { View } from '../view/view';

const moves =
  /\bre-?nam\w*|\bnetns\b|namespace|\bmov(?:e|ed|ing)\b|altname|alternative name|\bname \S+|set ?up pod interface|\bset (?:dev )?\S+ name\b/i;
const notNames =
  /\bnetwork (?:with|named)\b|\b(?:ip|route|addr|neigh)\w* add\b|\broute\b|\baddress already\b|mkdir|\bvlan\b.*\badd\b|netns add/i;

const taken = (view: View): Hit[] => [
  ...view.failures
    .filter(({ errno, text }) => errno === 'EEXIST' && moves.test(text) && !notNames.test(text))
    .map((f) => hit(f.iface ?? f.pci, f.evidence)),
  ...hitsBySubject(
    view
      .find(
        /(?:rename|netns|altname|move).{0,160}\b(?:file exists|EEXIST)\b|name .{0,40}(?:already exists|already in use|is taken)/i,
      )
      .filter(({ text }) => !notNames.test(text)),
  ),
];
const busyRename = (view: View): Hit[] =>
  view.failures
    .filter(
      ({ errno, text }) => errno === 'EBUSY' && /\brename|\bname \S+/i.test(text) && !/numvfs/.test(text),
    )
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

/** Prose of people who miss a device. */
const gone =
  /(?:not|never|no longer|isn'?t|n[o']t) (?:\w+ ){0,3}(?:return\w*|visible|present|seen|back|come back|comes back|moved back|released|restored|given back|reappear\w*|in)\b.{0,60}\b(?:host|root|init|default|any|namespaces?|netns|reboot)\b|(?:stuck|orphaned|left|lost|held|still) in (?:\w+ ){0,4}(?:netns|namespace)|\bVF\b.{0,60}(?:disappear|vanish|missing from|lost|orphan)|(?:netns|namespace)\b.{0,60}(?:still (?:referenced|held|alive|mounted)|leaked|not (?:released|destroyed))/i;
const aboutDevice = /\b(?:VFs?|interface|device|NIC|net ?dev|netns|namespace|eth\d|en[ops]\w+)\b/i;
const missed = (text: string): boolean => gone.test(text) && aboutDevice.test(text);
/** The VF has its driver on the PCI side, and no network device anybody sees. */
const deviceGone = (view: View): Hit[] => {
  const bound =
    view.devices.some(({ isVf, driver }) => isVf && driver !== null && !/vfio|uio|stub/.test(driver)) ||
    view.lines.some(({ text }) =>
      /drivers?\W+(?:\S*\/)?(?:iavf|ixgbevf|igbvf|mlx5_core|i40evf)\b/i.test(text),
    );
  const missing = view.failures.filter(({ error }) =>
    /Device "?\S+"? does not exist|Cannot find device|Link not found|no (?:such )?(?:net ?dev|network interface)/i.test(
      error,
    ),
  );
  return bound ? missing.map((f) => hit(f.iface ?? f.pci, f.evidence)) : [];
};

/** VFs whose network device is in no namespace that was looked into, or in one that belongs to nobody. */
const outOfSight =
  (kind: 'none' | 'orphan', asRoot: boolean) =>
  (view: View): Hit[] => {
    if (view.live?.isRoot !== asRoot) return [];
    const drivers = new Map(view.live.pfs.flatMap(({ vfs }) => vfs.map(({ pci, driver }) => [pci, driver])));
    return (view.live.holders ?? [])
      .filter((holder) => holder.kind === kind && drivers.get(holder.vf))
      .map(({ vf }) => hit(vf, [`${vf}: driver ${drivers.get(vf)}, no network device on the host`]));
  };
const seen = (view: View): string[] =>
  view.live?.isRoot && view.live.holders && view.live.holders.length > 0
    ? view.live.holders.map(({ vf, kind }) => `${vf}: ${kind}`)
    : [];

export const namespaces: Family = {
  id: 'vf.namespaces',
  cause: 'vf-stuck-in-netns',
  fine: 'The network device of every VF with a driver is visible',
  looked: seen,
  rules: [
    {
      id: 'namespaces.name-taken',
      cause: 'name-conflict',
      severity: always('error'),
      when: taken,
      title: 'The name is already in use: "File exists"',
      explain:
        'A device cannot get a name, or keep it when moved to another namespace, if a device there has it as its name or an alternative name (altname), including its own altname.',
      fixes: [
        fix(
          'command',
          'Find the device that has it, and delete the alternative name or choose another name',
          {
            commands: [
              command`ip -d link show`,
              command`ip link property del dev ${'DEV'} altname ${'NAME'}`,
            ],
          },
        ),
      ],
    },
    {
      id: 'namespaces.rename-busy',
      cause: 'name-conflict',
      severity: always('warning'),
      when: busyRename,
      title: 'A device that is up cannot be renamed',
      explain:
        'Before Linux 6.2 a device must be down to be renamed, otherwise this fails with "Device or resource busy".',
      fixes: [fix('command', 'Bring it down, rename it, bring it up')],
    },
    {
      id: 'namespaces.orphan',
      cause: 'vf-stuck-in-netns',
      severity: always('warning'),
      when: outOfSight('orphan', true),
      title: 'A VF is in a namespace that belongs to no container and has no name',
      explain:
        'A process or an open file keeps the network namespace alive after its container is gone. The VF returns to the host when that ends.',
      fixes: [
        fix('command', 'Find what keeps the namespace alive, and stop it', {
          commands: [command`lsns -t net`],
          risk: 'Anything still using the VF loses it.',
        }),
      ],
    },
    {
      id: 'namespaces.no-netdev',
      cause: 'vf-stuck-in-netns',
      severity: whenNetdev('warning'),
      when: outOfSight('none', true),
      title: 'A VF has its driver, but no visible network device',
      explain:
        'Its driver did not finish probing, or its network device is in a namespace that has no process and no name: an open file or a bind mount in another mount namespace keeps it alive.',
      fixes: [
        fix('command', 'Check the messages of the driver, and rebind the VF', {
          commands: [
            command`dmesg | grep ${'VF'}`,
            command`echo ${'VF'} > /sys/bus/pci/devices/${'VF'}/driver/unbind`,
            command`echo ${'VF'} > /sys/bus/pci/drivers_probe`,
          ],
          risk: 'Anything still using the VF loses it.',
        }),
      ],
    },
    {
      id: 'namespaces.unseen',
      cause: 'vf-stuck-in-netns',
      severity: always('unknown'),
      when: outOfSight('none', false),
      title: 'The network device of a VF was not found',
      explain: 'Only root can enter the namespaces of containers.',
      fixes: [fix('command', 'Connect as root, or as a user who may use sudo')],
    },
    {
      id: 'namespaces.stuck',
      cause: 'vf-stuck-in-netns',
      severity: always('error'),
      when: (view) =>
        [
          ...hitsBySubject(
            view.said.filter((line) => line.driver === null && line.source !== 'log' && missed(line.text)),
          ),
          ...view.facts.filter(({ line }) => missed(line)).map(({ line }) => hit(null, [line])),
          ...hitsBySubject(view.find(/unregister_netdevice: waiting for (?!lo\b)\S+ to become free/)),
          ...deviceGone(view),
          ...vfsWithoutNetdev(view),
        ].slice(0, 2),
      title: "The VF's network device is in a hidden namespace",
      explain:
        'The function has its driver, but its network device is in a network namespace that a process, a bind mount or an open file keeps alive. The device returns to the host when the last of them is gone.',
      fixes: [
        fix('command', 'Find what keeps the namespace alive, or rebind the VF', {
          commands: [
            command`lsns -t net`,
            command`echo ${'VF'} > /sys/bus/pci/devices/${'VF'}/driver/unbind`,
            command`echo ${'VF'} > /sys/bus/pci/drivers_probe`,
          ],
          risk: 'Anything still using the VF loses it.',
        }),
      ],
    },
  ],
};
