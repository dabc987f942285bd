import { l10n } from 'vscode';
import { destination, destinationProblem } from '../../../model/destination';
import { back, type Choice } from '../../dialogs/dialogs';
import { tellTrouble } from '../../changes/tell';
import { hostLabel, type KnownHost } from '../../hosts/hostList';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';
import { hostIn, targetOf } from '../target';

export const connect: Handler = async (workbench, item) => {
  const id = hostIn(targetOf(workbench, item, undefined)) ?? (await pickHost(workbench));
  if (id !== undefined) await connectTo(workbench, id);
};

/** Connects at the person's request: with progress, a cancel button, and the reason if it fails. */
export async function connectTo(workbench: Workbench, id: string): Promise<boolean> {
  const { host, dialogs, log, hosts } = workbench;
  log.info(`connect to ${id === 'local' ? 'this machine' : id}`);
  try {
    await dialogs.progress(
      id === 'local' ? l10n.t('Connecting to this machine') : l10n.t('Connecting to {0}', id),
      (_report, signal) => host.connect(id, signal),
    );
    await hosts.remember(host.inUse);
    return true;
  } catch (error) {
    if (host.named(id)?.connection.state === 'connecting') await host.disconnect(id);
    // A machine that isn't Linux is no error: the view says so, and where to go.
    if (host.named(id)?.connection.state !== 'unsupported')
      tellTrouble(
        workbench,
        id === 'local' ? l10n.t('Could not connect to this machine') : l10n.t('Could not connect to {0}', id),
        error,
      );
    return false;
  }
}

async function pickHost(workbench: Workbench): Promise<string | undefined> {
  const { dialogs, hosts, log, execute } = workbench;
  const known = await hosts.known();
  const answer = await dialogs.pick<string>({
    title: l10n.t('Connect to Host'),
    placeholder: l10n.t('Pick a host, or type user@host'),
    choices: grouped(
      known,
      workbench.host.all.map((one) => one.id),
    ),
    typed: (text) => typedChoice(text, known),
    buttons: [
      {
        icon: 'gear',
        tooltip: l10n.t('Open SSH Configuration File'),
        run: () => void execute('sriov.host.openSshConfig'),
      },
      { icon: 'output', tooltip: l10n.t('Show Log'), run: () => log.show() },
    ],
  });
  return answer === back ? undefined : answer;
}

/** Each machine once: recently connected ones come first, the last one on top, above the long lists. */
function grouped(known: KnownHost[], connected: string[]): (Choice<string> | string)[] {
  const of = (source: KnownHost['source']) =>
    known.filter((one) => one.source === source && one.since === undefined);
  const recent = known.filter(({ since }) => since !== undefined);
  const groups: [heading: string, hosts: KnownHost[]][] = [
    [l10n.t('this machine'), of('local')],
    [l10n.t('recent'), recent.sort((one, other) => (one.since ?? 0) - (other.since ?? 0))],
    [l10n.t('saved hosts'), of('saved')],
    [sshHeading(known), of('ssh')],
  ];
  return groups.flatMap(([heading, hosts]) =>
    hosts.length === 0 ? [] : [heading, ...hosts.map((one) => choiceOf(one, connected))],
  );
}

/** In a remote window the configuration is the remote's. */
function sshHeading(known: KnownHost[]): string {
  const side = known.find(({ source }) => source === 'ssh')?.side;
  return side === undefined
    ? l10n.t('hosts in the SSH configuration')
    : l10n.t('hosts in the SSH configuration of {0}', side);
}

const choiceOf = ({ id, address, source, side }: KnownHost, connected: string[]): Choice<string> => ({
  label: hostLabel(id),
  description: [source === 'local' ? side : '', address, connected.includes(id) ? l10n.t('connected') : '']
    .filter(Boolean)
    .join(' · '),
  icon: id === 'local' ? 'device-desktop' : 'remote',
  value: id,
});

function typedChoice(text: string, known: KnownHost[]): Choice<string> | undefined {
  const typed = text.trim();
  if (typed === '' || known.some(({ id }) => hostLabel(id) === typed)) return undefined;
  if (typed === 'local')
    return { label: hostLabel(typed), detail: typed, icon: 'device-desktop', value: typed };
  const problem = destinationProblem(typed);
  if (problem !== undefined) return { label: problem, icon: 'warning', value: '', unavailable: problem };
  // Not as the label: then it would always fit best, and Enter would never take a host by the beginning of its name.
  return { label: l10n.t('Connect by SSH'), detail: typed, icon: 'arrow-right', value: destination(typed) };
}
