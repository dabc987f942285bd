import { l10n } from 'vscode';
import { rangeOf, type Declared, type Path, type VfGroup } from '../../model/declared/declared';
import type { VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { valueNow, type AskableKey } from '../../model/vfAttributes/table';
import { wantedAdapters, type WantedAdapter } from '../../planning/declared/adapters';
import { wantedAttachments } from '../../planning/declared/attachments';
import { settingText } from '../../planning/declared/settings';
import { vfLabel } from '../../planning/resolve';
import { oneLine } from '../hostText';
import { useText } from '../tree/adapters';
import { holderName } from '../tree/vfRow';

/** What the keys of a group say, as settings are called everywhere. */
const settingOf: Partial<Record<keyof VfGroup, AskableKey>> = {
  ...{ deviceType: 'driver', mtu: 'mtu', vlan: 'vlan', vlanQoS: 'vlan', vlanProto: 'vlan' },
  ...{ spoofChk: 'spoofchk', trust: 'trust', linkState: 'linkState' },
  ...{ minTxRate: 'minTxRate', maxTxRate: 'maxTxRate' },
};

/** How that what a place of the file is about is on the host now; nothing where that says nothing. */
export function liveValues(path: Path, snapshot: HostSnapshot, declared: Declared): string[] {
  const [list, at, key, , ...rest] = path;
  const { wanted: adapters } = wantedAdapters(snapshot, declared);
  if (list === 'attachments') return attached(snapshot, declared, adapters, at).map(oneLine);
  const those = adapters.filter((one) => list === 'adapters' && one.path[1] === at);
  return those.flatMap((one) => ofAdapter(snapshot, one, path, key, rest)).map(oneLine);
}

function ofAdapter(
  snapshot: HostSnapshot,
  { pf, label, about }: WantedAdapter,
  path: Path,
  key: string | number | undefined,
  [word]: Path,
): string[] {
  if (key === 'numVfs' || key === 'nicSelector')
    return [[label, pf.pci, pf.model, pf.driver, useText(pf)].filter(Boolean).join(' · ')];
  if (key === 'eSwitchMode') return [`${label}: ${pf.eswitchMode ?? 'legacy'}`];
  const group = key === 'vfGroups' ? about.vfGroups?.[Number(path[3])] : undefined;
  if (!group) return [];
  const { from, to } = rangeOf(group.vfRange);
  const vfs = pf.vfs.filter(({ index }) => index >= from && index <= to);
  const setting = settingOf[word as keyof VfGroup];
  const text = (vf: VirtualFunction) =>
    setting === undefined ? whoHas(snapshot, vf) : settingText(setting, valueNow(vf, setting));
  return alike(vfs, text).map(([some, said]) => `${label}, ${namesOf(some)}: ${said}`);
}

/** Neighbours that are alike together. */
function alike(
  vfs: readonly VirtualFunction[],
  text: (vf: VirtualFunction) => string,
): [VirtualFunction[], string][] {
  const runs: [VirtualFunction[], string][] = [];
  for (const vf of vfs) {
    const last = runs.at(-1);
    if (last?.[1] === text(vf)) last[0].push(vf);
    else runs.push([[vf], text(vf)]);
  }
  return runs;
}

const namesOf = (vfs: readonly VirtualFunction[]): string => {
  const [first, last] = [vfs[0]?.index ?? 0, vfs.at(-1)?.index ?? 0];
  return first === last ? l10n.t('VF {0}', first) : l10n.t('VFs {0} to {1}', first, last);
};

const whoHas = (snapshot: HostSnapshot, vf: VirtualFunction): string =>
  vf.holder.kind === 'container' || vf.holder.kind === 'netns'
    ? [`${holderName(snapshot, vf)}:${vf.name ?? '?'}`, ...vf.addresses].join(' · ')
    : [vf.name, vf.driver ?? l10n.t('no driver')].filter(Boolean).join(' · ');

/** Who has the function that an attachment is about. */
function attached(
  snapshot: HostSnapshot,
  declared: Declared,
  adapters: readonly WantedAdapter[],
  at: string | number | undefined,
): string[] {
  const { wanted } = wantedAttachments(snapshot, declared, adapters);
  return wanted.flatMap(({ path, pf, vf }) =>
    path[1] === at && vf ? [`${vfLabel(pf, vf)}: ${whoHas(snapshot, vf)}`] : [],
  );
}
