import {
  cdiDevice,
  deviceFile,
  linkFile,
  meantText,
  watcherUnit,
  type Intent,
  type KeepingEngine,
} from '../../model/lasting/kept';
import type { Plan, Precondition, Step } from '../../model/plan';
import type { Trigger } from '../../model/request';
import { step } from '../steps';

/** What calls the program of an intent: what is installed for it, and what is said of that before. */
export interface Caller {
  installs(intent: Intent, runs: boolean): string;
  /** On `host`. */
  preconditions(host: string): Precondition[];
  /** `now`: how the first run finds the container that is meant. */
  steps(intent: Intent, now: Now): Step[];
  /** What takes it away again, once for all of these that end. */
  removal(ending: Intent[]): Pick<Plan, 'notes' | 'steps'>;
}

type Now = 'attaches' | 'has it' | 'not there';

export const callers: Record<Trigger, Caller> = {
  watcher: {
    installs: ({ engine }) =>
      `This installs, in /etc/sriov-workbench and as the unit ${watcherUnit(engine)}, a shell program that listens to the events of ${engine}. All of it is removed with the last VF that is kept.`,
    preconditions: (host) => [
      {
        otherwise: `${host} does not run systemd, so nothing could start the program that attaches it.`,
        check: ['has_systemd'],
      },
    ],
    steps: (intent, now) => [startWatcher(intent.engine), ...install(intent), firstRun(intent, now)],
    removal: (ending) => ({
      notes: [],
      steps: [...new Set(ending.map(({ engine }) => engine))].map(stopWatcher),
    }),
  },
  cdi: {
    installs: (intent, runs) =>
      `This installs a program in /etc/sriov-workbench and a device for containers, ${deviceFile(intent.id)}. ${runs ? `${capitalized(meantText(intent.container))} is left as it is: an existing container can't get a device. Recreate it` : 'Create the container'} with ${inEngine(intent)}. It does not start without the VF.`,
    preconditions: () => [],
    steps: (intent) => [
      step('Create /etc/sriov-workbench', ['make_home'], ['leave_home']),
      ...install(intent),
      step(
        `Write ${deviceFile(intent.id)}, for containers with the device ${cdiDevice(intent.id)}`,
        ['install_device', intent.id],
        ['remove_device', intent.id],
      ),
    ],
    removal: (ending) => ({
      notes: ending.map(
        ({ id }) =>
          `A container created with the device ${cdiDevice(id)} won't start again; recreate it without the device.`,
      ),
      steps: [
        ...ending.map(({ id }) =>
          step(`Remove ${deviceFile(id)}`, ['remove_device', id], ['install_device', id]),
        ),
        step('Remove /etc/sriov-workbench, unless something is left in it', ['leave_home'], ['make_home']),
      ],
    }),
  },
};

/** The words with which a container is made that gets the VF, for whoever makes it: a command line, compose, a Quadlet. */
export const deviceLines = ({ id, engine }: Intent): [what: string, line: string][] => [
  [`${engine} run`, `--device ${cdiDevice(id)}`],
  ['compose', `devices: ["${cdiDevice(id)}"]`],
  ...(engine === 'podman' ? [['Quadlet', `AddDevice=${cdiDevice(id)}`] as [string, string]] : []),
];

const inEngine = (intent: Intent): string =>
  deviceLines(intent)
    .map(([what, line]) => `${line} (${what})`)
    .join(', ');

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const startWatcher = (engine: KeepingEngine): Step =>
  step(
    `Install and start ${watcherUnit(engine)}, which listens to ${engine}`,
    ['start_watcher', engine],
    ['stop_watcher', engine],
    60,
  );

const stopWatcher = (engine: KeepingEngine): Step =>
  step(
    `Remove ${watcherUnit(engine)}, unless something still needs it`,
    ['stop_watcher', engine],
    ['start_watcher', engine],
    90,
  );

const install = (intent: Intent): Step[] => [
  step(
    `Write /etc/sriov-workbench/attachments.d/${intent.id}.json and the program beside it`,
    ['install_kept', intent.id, JSON.stringify(intent)],
    ['remove_kept', intent.id],
  ),
  ...(intent.link ? [writeLink(intent)] : []),
];

const writeLink = ({ id, vf, hostName }: Intent): Step =>
  step(
    `Write ${linkFile(id)}, by which udev calls the VF ${hostName} whenever it comes back`,
    ['install_link', id, vf, hostName],
    ['remove_link', id],
  );

export const removeLink = ({ id, vf, hostName }: Intent): Step =>
  step(`Remove ${linkFile(id)}`, ['remove_link', id], ['install_link', id, vf, hostName]);

const firstRun = ({ id, container }: Intent, now: Now): Step =>
  step(
    `Run it: ${{ attaches: `attach the VF to ${meantText(container)}`, 'has it': `${meantText(container)} has the VF already`, 'not there': 'there is nothing to attach yet' }[now]}`,
    ['run_kept', id],
    ['end_kept', id],
    90,
  );
