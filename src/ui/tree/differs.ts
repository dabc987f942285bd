import { l10n } from 'vscode';
import { factsOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Attachment } from '../../model/snapshot';
import { told } from '../../model/vfAttributes/table';
import { bringsAlong } from '../../planning/attachments/bringsAlong';
import { vfState } from './vfState';

/** What of a VF isn't as a new one has it: `VLAN 42`, `no spoof check`, `vfio-pci`; nothing where nobody can tell. */
export function differsIn(pf: PhysicalFunction, vf: VirtualFunction, attachment?: Attachment): string[] {
  const set = bringsAlong(pf, vf);
  const isPinned = set.some(({ key }) => key === 'adminMac') || attachment?.record.changed.adminMac === true;
  const usual = factsOf(pf.driver)?.vfDriver;
  const other = usual === undefined || vf.driver === usual || vfState(vf) === 'vfio' ? null : vf.driver;
  return [
    ...set.flatMap(({ key, says }) => (key === 'adminMac' ? [] : says)),
    ...(vf.trunk === undefined ? [] : [told.trunk.says(vf.trunk)]),
    ...(other === null ? [] : [l10n.t('driver {0}', other)]),
    ...(isPinned ? [l10n.t('MAC pinned')] : []),
  ];
}

/** `192.0.2.10/24 +1`: where it can be reached. */
export function addressText(addresses: readonly string[]): string {
  const [first, ...others] = addresses;
  if (first === undefined) return '';
  return others.length === 0 ? first : `${first} +${others.length}`;
}
