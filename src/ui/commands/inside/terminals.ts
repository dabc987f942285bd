import { l10n } from 'vscode';
import type { TerminalRequest, TerminalTexts } from '../../../control/hostControl';
import { quoteAll } from '../../../model/quote';
import { oneLine } from '../../hostText';
import { hostName } from '../../hosts/viewState';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';
import { choosePlace, noTerminalIn, noWayIn } from './choosePlace';
import type { Place } from './place';

/** A shell of the host, with a container's interfaces instead of the host's. */
export const openShell: Handler = async (workbench, item) => {
  const place = await choosePlace(workbench, item, l10n.t('Open Shell in Network Namespace'), noWayIn);
  if (place) await openInside(workbench, place);
};

/** A shell of the container itself. */
export const openTerminal: Handler = async (workbench, item) => {
  const place = await choosePlace(workbench, item, l10n.t('Open Terminal in Container'), noTerminalIn);
  const container = place?.container;
  if (!container) return;
  const { id, engine, name, rootlessOf: user } = container;
  const says = textsOf(workbench, container, user);
  await open(workbench, name, 'terminal', {
    ...{ kind: 'container', engine, id, ...(user === undefined ? {} : { user }) },
    says: { ...says, begin: l10n.t('A shell in container {0}; “exit” ends it.', oneLine(name)) },
  });
};

/** A shell in the network namespace, or a command instead of one. */
export async function openInside(workbench: Workbench, place: Place, run?: string[]): Promise<void> {
  const { name, way } = place;
  if (!way) return;
  const says = textsOf(workbench, place);
  const title = run ? l10n.t('{0}: {1}', name, run[0] ?? '') : l10n.t('{0}: network', name);
  await open(workbench, title, run ? 'pulse' : 'terminal', {
    ...{ kind: 'namespace', namespace: way, ...(run ? { run } : {}) },
    says: run ? { ...says, begin: l10n.t('In {0}: {1}', oneLine(name), oneLine(quoteAll(run))) } : says,
  });
}

async function open(
  workbench: Workbench,
  title: string,
  icon: string,
  request: TerminalRequest,
): Promise<void> {
  const { host, log } = workbench;
  if (!host.control) return;
  const argv = await host.control.terminal(request);
  log.info(`terminal on ${host.control.id}: ${title}`);
  workbench.openTerminal({ name: title, icon, argv });
}

function textsOf({ host }: Workbench, place: { name: string }, user = ''): TerminalTexts {
  const [name, owner] = [oneLine(place.name), oneLine(user)];
  const machine = oneLine(hostName(host.id ?? '', host.snapshot));
  return {
    begin: l10n.t(
      'A shell of {1} in the network namespace of {0}: its interfaces, and the files of the host. “exit” ends it.',
      name,
      machine,
    ),
    gone: l10n.t(
      '{0} is no longer what was shown: it has ended or was restarted. Nothing was opened; refresh and try again.',
      name,
    ),
    noRoot: l10n.t(
      'This requires root: the user of this login is not root on {0}, and sudo is not installed there.',
      machine,
    ),
    notYours: l10n.t(
      '{0} is a rootless container of {1}, and only {1} can run something in it. Connect as {1}, or open a shell in its network namespace.',
      name,
      owner,
    ),
    close: `${l10n.t('Press Enter to close this terminal.')} `,
  };
}
