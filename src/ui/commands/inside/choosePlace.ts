import { l10n } from 'vscode';
import { engineNamed } from '../../../model/engines';
import { isRefusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { unfitContainer } from '../../../planning/attachments/unfitContainer';
import { allContainerChoices } from '../../changes/choices';
import { offer } from '../../changes/tell';
import type { Choice } from '../../dialogs/dialogs';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import { targetOf } from '../target';
import { placeOf, placesIn, type Place } from './place';

/** Why something can't be done there, in a sentence. */
type Barred = (snapshot: HostSnapshot, place: Place) => string | undefined;

/** The place that a command is about: the one it was called on, else one that is picked. Says why when it can't be done there. */
export async function choosePlace(
  workbench: Workbench,
  item: unknown,
  title: string,
  barred: Barred,
): Promise<Place | undefined> {
  const { snapshot } = workbench.host;
  if (!snapshot) return undefined;
  const target = targetOf(workbench, item, undefined);
  const found = placesIn(target, snapshot);
  const fits = (place: Place) => target.given || barred(snapshot, place) === undefined;
  const place = await choose(workbench, target, isRefusal(found) ? found : found.filter(fits), {
    title,
    placeholder: l10n.t('Pick a container'),
    choices: choices(snapshot, barred),
    none: l10n.t('There is no container on this host.'),
  });
  const reason = place && barred(snapshot, place);
  if (reason === undefined) return place;
  offer(workbench, 'error', reason, {});
  return undefined;
}

const choices = (snapshot: HostSnapshot, barred: Barred): (Choice<Place> | string)[] =>
  allContainerChoices(snapshot).choices.map((choice) => {
    if (typeof choice === 'string') return choice;
    const value = placeOf(choice.value);
    const reason = barred(snapshot, value);
    return {
      ...choice,
      value,
      ...(reason === undefined ? {} : { icon: 'circle-slash', unavailable: reason }),
    };
  });

/** Why its network namespace can't be entered. */
export const noWayIn: Barred = (snapshot, { name, container, way }) => {
  const unfit = container && unfitContainer(snapshot, container)?.code;
  if (unfit === 'not-running')
    return l10n.t('{0} is not running, so it has no network namespace to enter.', name);
  if (unfit === 'host-network')
    return l10n.t('{0} uses the host’s own network: every terminal of the host is in it.', name);
  return way ? undefined : l10n.t('No way to enter the network namespace of {0} is known.', name);
};

/** Why the container itself can't be entered. */
export const noTerminalIn: Barred = (_, { name, container }) => {
  if (!container || container.engine === 'netns')
    return l10n.t('{0} is a network namespace, not a container: open a shell in it instead.', name);
  if (container.state !== 'running')
    return l10n.t('{0} is not running ({1}), so nothing can be run in it.', name, container.state);
  const engine = engineNamed(container.engine);
  return engine?.client?.execs
    ? undefined
    : l10n.t(
        '{0} has no command that runs a shell in {1}: open a shell in its network namespace instead.',
        engine?.title ?? container.engine,
        name,
      );
};

/** Why no engine can describe it. */
export const notAsked: Barred = (_, { name, container }) =>
  container && engineNamed(container.engine)?.client
    ? undefined
    : l10n.t('No container engine has a command that describes {0}.', name);
