import { isRefusal } from '../../../model/plan';
import { onWire, type OnWire } from '../../../planning/wire/onWire';
import { tellRefusal } from '../../changes/tell';
import type { Workbench } from '../../workbench';
import { placesIn } from '../inside/place';
import { functions } from '../named';
import { targetOf } from '../target';

/** The interface that a command is about, and how it is called where its packets are looked at. */
export async function chooseWire(
  workbench: Workbench,
  item: unknown,
  title: string,
): Promise<{ on: string; wire: OnWire } | undefined> {
  const on =
    onIn(item) ??
    macvlanMeant(workbench, item) ??
    (await functions(title, workbench, item, undefined))[0]?.pci;
  const { snapshot } = workbench.host;
  if (on === undefined || !snapshot) return undefined;
  const wire = onWire(snapshot, on);
  return isRefusal(wire) ? void tellRefusal(workbench, wire) : { on, wire };
}

/** `{on}`: as the command line names it. */
const onIn = (item: unknown): string | undefined =>
  typeof item === 'object' && item !== null && 'on' in item && typeof item.on === 'string'
    ? item.on
    : undefined;

/** It is no function, but an interface of its container. */
function macvlanMeant(workbench: Workbench, item: unknown): string | undefined {
  const { snapshot } = workbench.host;
  const target = targetOf(workbench, item, undefined);
  const [subject] = target.subjects;
  if (!snapshot || subject?.kind !== 'macvlan') return undefined;
  const places = placesIn(target, snapshot);
  const [place] = isRefusal(places) ? [] : places;
  return place?.device === undefined ? undefined : `${subject.container}:${place.device}`;
}
