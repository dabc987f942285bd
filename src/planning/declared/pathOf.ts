import type { Path } from '../../model/declared/declared';
import type { Part } from '../../model/declared/declaredPlan';
import { isRefusal } from '../../model/plan';
import type { ConfigureRequest } from '../../model/request';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { askableKeys } from '../../model/vfAttributes/table';
import { planChange } from '../plan';
import { groupPath, type WantedAdapter } from './adapters';
import type { WantedAttachment } from './attachments';
import { spelledInFile } from './settings';

/** What in the file asks for a change, for those who are told that it isn't possible. */
export function pathOf(
  snapshot: HostSnapshot,
  { stage, request }: Part,
  adapters: readonly WantedAdapter[],
  wanted: readonly WantedAttachment[],
): Path {
  if (request.kind === 'set-vfs')
    return [...(adapters.find(({ pf }) => pf.pci === request.pf)?.path ?? ['adapters']), 'numVfs'];
  const function_ = 'vf' in request ? functionAt(snapshot, request.vf) : undefined;
  if (!function_) return ['attachments'];
  const { pf, index } = function_;
  const adapter = adapters.find((one) => one.pf.pci === pf);
  const claim = wanted.find((one) => one.pf.pci === pf && one.index === index && isFor(one, request));
  if (request.kind === 'configure' && adapter)
    return [
      ...groupPath(adapter, index),
      ...(stage === 'settings' ? settingOf(snapshot, request) : ['deviceType']),
    ];
  return claim?.path ?? adapter?.path ?? ['attachments'];
}

/** Of macvlans on one function each is for another container. */
const isFor = ({ container }: WantedAttachment, request: Part['request']): boolean =>
  request.kind !== 'attach' || container === undefined || container.id === request.container;

/** By its PCI address, or by its place where it may not exist yet. -1: the whole adapter. */
function functionAt(snapshot: HostSnapshot, given: string): { pf: string; index: number } | undefined {
  const there = vfAt(snapshot, given);
  if (there) return { pf: there.pf.pci, index: there.vf.index };
  const pf = snapshot.pfs.find(({ pci }) => given === pci || given.startsWith(`${pci}:`));
  return pf && { pf: pf.pci, index: given === pf.pci ? -1 : Number(given.slice(pf.pci.length + 1)) };
}

/** Of several settings, the first that can't be had by itself either. */
function settingOf(snapshot: HostSnapshot, request: ConfigureRequest): Path {
  const asked = askableKeys.filter((key) => request[key] !== undefined);
  const wrong = asked.find((key) => {
    const alone = planChange(snapshot, { kind: 'configure', vf: request.vf, [key]: request[key] });
    return isRefusal(alone) && alone.code !== 'nothing-to-do';
  });
  const key = wrong ?? (asked.length === 1 ? asked[0] : undefined);
  return key === undefined ? [] : [spelledInFile(key)];
}
