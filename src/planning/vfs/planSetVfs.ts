import type { Advice } from '../../model/advice';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { vfsText } from '../../model/lasting/made';
import { isRefusal, refuse, type Argv, type Plan, type Precondition, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { vfCountProblem } from '../../model/values';
import { told } from '../../model/vfAttributes/table';
import { shortages } from '../../model/vfCapacity';
import { endsBeyond, hostUse } from '../hostUse';
import { protection } from '../protection';
import { resolvePf } from '../resolve';
import { bringUp, keepUp, step, recreateArgument } from '../steps';

export interface SetVfsRequest {
  pf: string;
  count: number;
  forceInterface?: string;
}

/**
 * Plans another number of VFs. The kernel changes it only through 0 (`sriov_numvfs_store`), and takes VFs away from
 * containers silently, so VFs in use are a refusal and existing ones a loss to be confirmed. `later`: it is for a program that
 * runs at another time, when the PF may be up.
 */
export function planSetVfs(snapshot: HostSnapshot, request: SetVfsRequest, later = false): Plan | Refusal {
  const pf = resolvePf(snapshot, request.pf);
  if (isRefusal(pf)) return pf;
  const label = pf.name ?? pf.pci;
  const { count } = request;
  const problem = vfCountProblem(`${count}`, pf.totalVfs);
  if (problem) return refuse('limit', `${label} cannot have ${count} VFs. ${problem}`);
  if (pf.numVfs === null)
    return refuse(
      'unknown-state',
      `The number of VFs of ${label} (sriov_numvfs) could not be read, so a change could not be undone.`,
    );
  if (pf.numVfs === count) return refuse('nothing-to-do', `${label} already has ${count} VFs.`);
  const refusal =
    notNow(pf, label) ?? protection(label, pf.name, pf.protectedBecause, request.forceInterface);
  if (refusal) return refusal;

  const removing = pf.numVfs > 0;
  const before = pf.vfs.map((vf) => recreateArgument(snapshot, pf, vf));
  const steps = [
    ...(count > 0 && pf.name && pf.up === false
      ? [
          (later ? keepUp : bringUp)(
            pf.name,
            'while a PF is down, its VFs take minutes to come up, or never do',
          ),
        ]
      : []),
    ...(removing
      ? [
          step(
            `Remove the ${pf.numVfs} VFs of ${label}${count > 0 ? ': the kernel changes their number only through 0' : ''}`,
            ['set_vf_count', pf.pci, '0'],
            ['recreate_vfs', pf.pci, label, `${pf.numVfs}`, ...before],
            90,
          ),
        ]
      : []),
    ...(count > 0
      ? [
          step(
            `Create ${count} VFs on ${label}`,
            ['set_vf_count', pf.pci, `${count}`],
            ['set_vf_count', pf.pci, '0'],
            90,
          ),
          step(
            'Wait for the network device of every VF',
            ['await_netdevs', pf.pci, `${count}`],
            ['true'],
            120,
          ),
        ]
      : []),
  ];
  return {
    kind: 'set-vfs',
    title: count === 0 ? `Remove all VFs of ${label}` : `Set the number of VFs of ${label} to ${count}`,
    host: snapshot.host.id,
    notes: [
      ...(pf.driversAutoprobe === false && count > 0
        ? ['sriov_drivers_autoprobe is off: the new VFs get no driver and no network device.']
        : []),
      ...(removing && count > 0 ? ['New VFs may get different MAC addresses.'] : []),
      ...afterBoot(snapshot, pf, count),
    ],
    doubts: predictions(pf, count),
    ...waysOut(pf, count),
    losses: pf.vfs.flatMap((vf) => [...lossesOf(snapshot, vf), ...endsBeyond(hostUse(snapshot, vf))]),
    verb: removing ? `Remove ${pf.numVfs} VFs` : `Create ${count} VFs`,
    locks: [{ pci: pf.pci, mode: 'exclusive' }],
    namespace: null,
    preconditions: preconditions(pf, label),
    steps,
    promises: [{ kind: 'vf-count', pf: pf.pci, count }],
  };
}

const afterBoot = ({ made }: HostSnapshot, { pci }: PhysicalFunction, count: number): string[] =>
  made
    .filter(({ intent }) => intent.pf === pci && intent.count !== count)
    .map(({ intent }) => `The next boot creates ${vfsText(intent.count)} again (${intent.id}).`);

/** What the kernel would refuse, said before it is asked. */
const predictions = (pf: PhysicalFunction, count: number): string[] =>
  shortages(pf.pci, pf.room, count).map(
    ({ of, what }) =>
      `This will probably fail: ${what}${of === 'msix' ? '' : ' The kernel will answer "Cannot allocate memory".'}`,
  );

/** Where several things are short, the shortest decides. */
function waysOut(pf: PhysicalFunction, count: number): { advice?: Advice[] } {
  const rooms = shortages(pf.pci, pf.room, count).map(({ room }) => room);
  if (rooms.length === 0) return {};
  const most = Math.min(...rooms);
  return { advice: [most > 0 ? { do: 'ask-for-fewer', most } : { do: 'diagnose', about: 'room' }] };
}

function notNow(pf: PhysicalFunction, label: string): Refusal | undefined {
  if (pf.driver === null)
    return refuse(
      'no-netdev',
      `${label} has no driver; bind its PF driver first (modprobe, or /sys/bus/pci/drivers_probe).`,
    );
  if (pf.holder.kind === 'container' || pf.holder.kind === 'netns')
    return refuse(
      'in-use',
      `${label} itself is in ${pf.holder.name ?? 'another network namespace'}; detach it first.`,
    );
  const used = pf.vfs.filter((vf) => ['container', 'netns', 'vfio'].includes(vf.holder.kind));
  const hidden = pf.vfs.filter((vf) => vf.holder.kind === 'none' && vf.driver !== null);
  if (used.length > 0) {
    const list = used.map((vf) => `VF ${vf.index} ${holderText(vf)}`).join(', ');
    return refuse(
      'in-use',
      `The VFs of ${label} are in use: ${list}. Changing their number removes them all; detach first.`,
    );
  }
  if (hidden.length > 0)
    return refuse(
      'unknown-state',
      `The location of ${hidden.map((vf) => `VF ${vf.index}`).join(', ')} of ${label} is unknown, so it may be in use. Refresh as root.`,
    );
  return undefined;
}

const holderText = ({ holder, name, driver }: VirtualFunction): string =>
  ({
    container: `is in container ${holder.name}${name ? ` as ${name}` : ''}`,
    netns: `is in network namespace ${holder.name ?? holder.netnsInode}`,
    vfio: `is bound to ${driver}`,
    host: 'is on the host',
    none: 'has no visible network device',
  })[holder.kind];

/** The VF with what is set for it, and the other devices of one that has several. */
const lossesOf = ({ links }: HostSnapshot, vf: VirtualFunction): string[] => [
  ...(vf.keptFor === undefined ? [] : [`VF ${vf.index}, which is kept for ${vf.keptFor}`]),
  `VF ${vf.index} ${withDetails(vf.name ?? vf.pci, vf, [
    ...(vf.vlan?.id ? [`VLAN ${vf.vlan.id}`] : []),
    ...(vf.trunk === undefined ? [] : [told.trunk.says(vf.trunk)]),
  ])}`,
  ...links
    .filter(({ name }) => vf.otherPorts?.includes(name))
    .map((link) => `VF ${vf.index} ${withDetails(link.name, link, [])}`),
];

type Device = Pick<VirtualFunction, 'up' | 'master' | 'addresses' | 'mac'>;

function withDetails(name: string, { up, master, addresses, mac }: Device, settings: string[]): string {
  const details = [
    ...(up ? ['up'] : []),
    ...(master ? [`port of ${master}`] : []),
    ...addresses,
    ...settings,
    ...(mac ? [`MAC ${mac}`] : []),
  ];
  return details.length > 0 ? `${name} (${details.join(', ')})` : name;
}

const preconditions = (pf: PhysicalFunction, label: string): Precondition[] => [
  {
    otherwise: `${label} has a different number of VFs now; another program is changing it.`,
    check: ['vf_count_is', pf.pci, `${pf.numVfs}`],
  },
  ...(pf.vfs.length > 0
    ? [
        {
          otherwise: `A VF of ${label} is now in use.`,
          check: ['vfs_on_host', pf.pci] as Argv,
        },
      ]
    : []),
];
