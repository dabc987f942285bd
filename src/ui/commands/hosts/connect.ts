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

/** Connects as the person asked for it: with progress, a cancel button, and the reason when it fails. */
export async function connectTo(workbench: Workbench, id: string): Promise<boolean> {
  const { host, dialogs, log, hosts } = workbench;
  const name = id === 'local' ? 'this machine' : id;
  log.info(`connect to ${name}`);
  try {
    await dialogs.progress(`Connecting to ${name}`, (_report, signal) => host.connect(id, signal));
    await hosts.remember(id);
    return true;
  } catch (error) {
    if (host.connection.state === 'connecting') await host.disconnect();
    // A machine that isn't Linux is no accident: the view says so, and where to go.
    if (host.connection.state !== 'unsupported')
      tellTrouble(workbench, `Could not connect to ${name}`, error);
    return false;
  }
}

async function pickHost(workbench: Workbench): Promise<string | undefined> {
  const { dialogs, hosts, log, execute } = workbench;
  const known = await hosts.known();
  const answer = await dialogs.pick<string>({
    title: 'Connect to Host',
    placeholder: 'Pick a host, or type user@host',
    choices: grouped(known, workbench.host.id),
    typed: (text) => typedChoice(text, known),
    buttons: [
      {
        icon: 'gear',
        tooltip: 'Open SSH Configuration File',
        run: () => void execute('sriov.host.openSshConfig'),
      },
      { icon: 'output', tooltip: 'Show Log', run: () => log.show() },
    ],
  });
  return answer === back ? undefined : answer;
}

const headings: [KnownHost['source'], string][] = [
  ['local', 'this machine'],
  ['saved', 'saved hosts'],
  ['ssh', 'hosts in the SSH configuration'],
  ['recent', 'recent'],
];

const grouped = (known: KnownHost[], current: string | undefined): (Choice<string> | string)[] =>
  headings.flatMap(([source, heading]) => {
    const group = known.filter((one) => one.source === source);
    return group.length === 0 ? [] : [heading, ...group.map((one) => choiceOf(one, current))];
  });

const choiceOf = ({ id, address }: KnownHost, current: string | undefined): Choice<string> => ({
  label: hostLabel(id),
  description: [address, id === current ? 'connected' : ''].filter(Boolean).join(' · '),
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
  return { label: 'Connect by SSH', detail: typed, icon: 'arrow-right', value: destination(typed) };
}
