import {
  cdiDevice,
  deviceFile,
  linkFile,
  meantText,
  watcherUnit,
  type KeepingEngine,
  type Kept,
} from '../../model/lasting/kept';
import type { Trigger } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { deviceLines } from '../../planning/kept/callers';
import { stateOf, type KeptState } from '../../planning/kept/stateOf';
import { madeCells } from './madeText';
import { styled, type Line, type Style, type View } from './styled';
import { table } from './table';

const styles: Record<KeptState['state'], Style> = {
  ...{ attached: 'good', waiting: 'quiet', taken: 'bad', failed: 'bad' },
};

/** What lasts, and the state of each. */
export const keptText = (snapshot: HostSnapshot, view: View): Line[] =>
  snapshot.kept.length + snapshot.made.length === 0
    ? [[nothing]]
    : table(
        [
          ...snapshot.kept.map((kept) => ({
            cells: [
              kept.intent.id,
              vfOf(snapshot, kept),
              `${meantText(kept.intent.container)} (${kept.intent.engine})`,
              standing(snapshot, kept),
              kept.result ? view.when(kept.result.at) : '-',
            ],
          })),
          ...snapshot.made.map((made) => ({ cells: madeCells(snapshot, made, view) })),
        ],
        view,
      ).flat();

/** One of them with all that is known. */
export function keptDetails(snapshot: HostSnapshot, kept: Kept, view: View): Line[] {
  const { intent, result } = kept;
  const file = `/etc/sriov-workbench/attachments.d/${intent.id}`;
  return [
    [styled('heading', intent.id)],
    [`  ${vfOf(snapshot, kept)} (${intent.vf}) for ${meantText(intent.container)} of ${intent.engine}`],
    [`  as ${intent.inside}; ${intent.hostName} on the host`],
    ['  ', standing(snapshot, kept)],
    ...settingLines(intent.settings),
    ...calledBy[intent.trigger](kept),
    [
      `  last run: ${result ? `${view.when(result.at)}, ${result.state}${result.why && `: ${result.why}`}` : 'unknown'}`,
    ],
    [`  files: ${[`${file}.json`, `${file}.sh`, ...(intent.link ? [linkFile(intent.id)] : [])].join(', ')}`],
  ];
}

const calledBy: Record<Trigger, (kept: Kept) => Line[]> = {
  watcher: ({ intent, watched }) => [
    [`  by the watcher: ${watcherUnit(intent.engine)}, ${running[`${watched}`]}`],
  ],
  cdi: ({ intent, watched }) => [
    [`  by CDI, for containers created with the device ${cdiDevice(intent.id)}:`],
    ...deviceLines(intent).map(([what, line]): Line => [`    ${what}: ${line}`]),
    [`  device: ${deviceFile(intent.id)}${watched === false ? ', which is missing' : ''}`],
  ],
};

const running: Record<string, string> = {
  true: 'which runs',
  false: 'which is not running',
  null: 'whose state is unknown',
};

interface Checked {
  problem: string | null;
}

export const checkText = (
  lasting: (Checked & { id: string })[],
  ways: (Checked & { via: Trigger; engine: KeepingEngine })[],
): Line[] => [
  ...(lasting.length === 0 ? [[nothing]] : []),
  ...lasting.map(({ id, problem }): Line => [`${id}: `, verdict(problem, 'would work now')]),
  ...ways.map(({ via, engine, problem }): Line => [
    `--via ${via}, ${engine}: `,
    verdict(problem, 'possible', 'quiet'),
  ]),
];

const verdict = (problem: string | null, fine: string, not: Style = 'bad') =>
  problem === null ? styled('good', fine) : styled(not, problem);

const nothing = 'No VF is kept for a container, and none is created after a boot.';

const standing = (snapshot: HostSnapshot, kept: Kept) => {
  const { state, why } = stateOf(snapshot, kept);
  return styled(styles[state], [...(state === 'attached' || state === 'failed' ? [state] : []), why].filter(Boolean).join(': ')); // prettier-ignore
};

const vfOf = ({ pfs }: HostSnapshot, { intent }: Kept): string =>
  `${pfs.find(({ pci }) => pci === intent.pf)?.name ?? intent.pf}:${intent.index}`;

const settingLines = (settings: object): Line[] =>
  Object.entries(settings)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => [`  ${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`]);
