import { l10n } from 'vscode';
import type { Container, EngineName } from '../../model/container';
import { meantName, type Kept } from '../../model/lasting/kept';
import type { HostSnapshot } from '../../model/snapshot';
import { isMeant } from '../../planning/kept/keptFor';
import { oneLine } from '../hostText';
import { grouped, later } from './facts';
import { keptLabel, pin, pinFacts, whoText, type Pin } from './keptState';
import type { Row } from './row';

/** The VFs that are kept for a container, and that it doesn't have now. */
export const missingRows = (snapshot: HostSnapshot, container: Container, within: string): Row[] =>
  snapshot.kept
    .filter(
      ({ intent }) => isMeant(intent, container) && !container.interfaces.some(({ vf }) => vf === intent.vf),
    )
    .map((kept) => keptRow(snapshot, kept, within));

/** One row for each container that isn't there now, with the VFs that are kept for it. */
export function absentRows(snapshot: HostSnapshot, all: readonly Kept[]): Row[] {
  const byContainer = new Map<string, Kept[]>();
  for (const kept of all) {
    const who = meantName(kept.intent.container);
    byContainer.set(who, [...(byContainer.get(who) ?? []), kept]);
  }
  return [...byContainer].map(([who, own]) => absentRow(snapshot, who, own));
}

function absentRow(snapshot: HostSnapshot, label: string, own: Kept[]): Row {
  const [first] = own;
  const engine: EngineName = first?.intent.engine ?? 'docker';
  const id = `${snapshot.host.id}/kept/${engine}/${label}`;
  const said = l10n.t('kept, not running here');
  return {
    id,
    label: oneLine(label),
    description: said,
    icon: { id: 'vm-outline', color: 'disabledForeground' },
    context: ';absent;kept;',
    spoken: oneLine([first ? whoText(first.intent.container) : label, said].join(', ')),
    tooltip: [],
    subject: { kind: 'kept', ids: own.map(({ intent }) => intent.id) },
    expanded: true,
    children: own.map((kept) => keptRow(snapshot, kept, id)),
  };
}

function keptRow(snapshot: HostSnapshot, kept: Kept, within: string): Row {
  const { intent } = kept;
  const one = pin(snapshot, kept);
  const vf = keptLabel(snapshot, intent);
  return {
    id: `${within}/kept/${intent.id}`,
    label: oneLine(intent.inside),
    description: oneLine([vf, one.words].join(' · ')),
    icon: one.icon,
    context: ';kept;',
    spoken: oneLine(l10n.t('Interface {0}, {1}: {2}', intent.inside, vf, one.words)),
    tooltip: later(tooltip, one),
    subject: { kind: 'kept', ids: [intent.id] },
    children: [],
  };
}

const tooltip = (one: Pin) =>
  grouped([
    [l10n.t('Interface'), one.kept.intent.inside],
    [l10n.t('PCI address'), one.kept.intent.vf],
    [l10n.t('Name on the host'), one.kept.intent.hostName],
    ...pinFacts(one),
  ]);
