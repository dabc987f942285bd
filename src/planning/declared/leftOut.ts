import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isForPrograms } from '../../model/programDrivers';
import type { HostSnapshot } from '../../model/snapshot';
import { wholePf } from '../../model/snapshot';
import { enforcedMac } from '../attachments/bringsAlong';
import { vfLabel } from '../resolve';

/** What a host has of which a file can't say anything, a sentence each. `attached`: functions whose attachment is in the file. */
export const leftOut = (snapshot: HostSnapshot, attached: readonly string[]): string[] => [
  ...snapshot.pfs.flatMap((pf) =>
    [...pf.vfs, wholePf(pf, snapshot)].flatMap((vf) => [
      ...ofHolder(pf, vf, attached),
      ...ofVf(vf).map((what) => `${vfLabel(pf, vf)} ${what}, which can't be declared.`),
    ]),
  ),
  ...othersMacvlans(snapshot),
];

const ofHolder = (
  pf: PhysicalFunction,
  { pci, holder, ...vf }: VirtualFunction,
  attached: readonly string[],
) =>
  !attached.includes(pci) && ['container', 'netns'].includes(holder.kind)
    ? [
        `${vfLabel(pf, { pci, holder, ...vf })} is in ${holder.name ?? `network namespace ${holder.netnsInode}`}, which has no name here.`,
      ]
    : [];

function ofVf(vf: VirtualFunction): string[] {
  const mac = enforcedMac(vf);
  const { driver, queryRss, trunk, nodeGuid, portGuid } = vf;
  return [
    ...(mac === null ? [] : [`has the MAC ${mac} enforced`]),
    ...(isForPrograms(driver) && driver !== 'vfio-pci' ? [`is bound to ${driver}`] : []),
    ...(queryRss ? ['may query RSS'] : []),
    ...(trunk ? [`has the trunk VLANs ${trunk}`] : []),
    ...(isSet(nodeGuid) ? [`has the node GUID ${nodeGuid}`] : []),
    ...(isSet(portGuid) ? [`has the port GUID ${portGuid}`] : []),
  ];
}

const isSet = (guid: string | null): boolean => guid !== null && /[1-9a-f]/i.test(guid);

/** As of Docker's own macvlan networks. */
const othersMacvlans = ({ links, containers, pfs, macvlans }: HostSnapshot): string[] =>
  containers.flatMap(({ name: who, interfaces }) =>
    interfaces.flatMap(({ name, standsOn, mac }) => {
      const lower = links.find(({ index }) => standsOn !== undefined && index === standsOn);
      const isOfOurs = pfs.some(({ pci, vfs }) =>
        [pci, ...vfs.map((vf) => vf.pci)].some((one) => one === lower?.pci),
      );
      return lower && isOfOurs && !macvlans.some((record) => record.mac === mac)
        ? [
            `The macvlan ${name} of ${who} on ${lower.name} was not made by SR-IOV Workbench, so it isn't declared.`,
          ]
        : [];
    }),
  );
