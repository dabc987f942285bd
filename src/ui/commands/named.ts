import { l10n } from 'vscode';
import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { allContainerChoices, allVfChoices, pfChoices } from '../changes/choices';
import type { Choice } from '../dialogs/dialogs';
import type { Workbench } from '../workbench';
import { choose } from './choose';
import { containersIn, pfsIn, targetOf, vfsIn, type Target } from './target';

/** A kind of things: how those that were meant are found, and how one is picked. */
interface Kind<T> {
  found: (target: Target, snapshot: HostSnapshot) => T[] | Refusal;
  choices: (snapshot: HostSnapshot) => (Choice<T> | string)[];
}

const functionKinds: Kind<PhysicalFunction | VirtualFunction>[] = [
  { found: adaptersIn, choices: (snapshot) => pfChoices(snapshot, () => true).choices },
  { found: vfsIn, choices: (snapshot) => allVfChoices(snapshot).choices },
];
const allKinds: Kind<PhysicalFunction | VirtualFunction | Container>[] = [
  ...functionKinds,
  { found: containersIn, choices: (snapshot) => allContainerChoices(snapshot).choices },
];

/** Also those that a container has whole. */
function adaptersIn(target: Target, snapshot: HostSnapshot): PhysicalFunction[] | Refusal {
  const found = pfsIn(target, snapshot);
  if (isRefusal(found)) return found;
  const held = target.subjects.flatMap((subject) => (subject.kind === 'attachment' ? [subject.vf] : []));
  return [...found, ...snapshot.pfs.filter(({ pci }) => held.includes(pci))];
}

type Call = [workbench: Workbench, item: unknown, items: unknown];

/** The adapters and VFs that a command is about: as many as were chosen, else one that is picked. */
export const functions = (title: string, ...call: Call) => chosen(title, functionKinds, ...call);
/** The same with containers. */
export const things = (title: string, ...call: Call) => chosen(title, allKinds, ...call);

async function chosen<T extends object>(title: string, kinds: Kind<T>[], ...call: Call): Promise<T[]> {
  const [workbench, item, items] = call;
  const { snapshot } = workbench.host;
  if (!snapshot) return [];
  const target = targetOf(workbench, item, items);
  const found = kinds.map((kind) => kind.found(target, snapshot));
  const all = found.flatMap((one) => (isRefusal(one) ? [] : one));
  if (all.length > 1) return all;
  const one = await choose(workbench, target, found.find((other) => isRefusal(other)) ?? all, {
    title,
    placeholder: l10n.t('Pick one'),
    choices: kinds.flatMap((kind) => kind.choices(snapshot)),
    none: l10n.t('There is nothing here.'),
  });
  return one ? [one] : [];
}
