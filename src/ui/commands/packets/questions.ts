import { l10n } from 'vscode';
import type { CaptureRequest, HostControl } from '../../../control/hostControl';
import { back, type Choice, type Dialogs } from '../../dialogs/dialogs';
import type { Step } from '../../dialogs/walk';
import type { Packets } from '../../workbench';

/** What ends a capture besides the person. */
export type Limit = Pick<CaptureRequest, 'count' | 'seconds'>;
export type Target = 'wireshark' | 'file' | 'line';

/** What is asked about a capture. */
export interface Draft {
  filter: string;
  limit: Limit;
  target: Target;
}

/** A file that nobody watches must not fill a disk. */
export const mostMebibytes = 100;

export function questions(
  dialogs: Dialogs,
  packets: Packets,
  control: HostControl,
  on: string,
  title: string,
): Step<Draft>[] {
  return [
    {
      async ask(draft, { canGoBack }) {
        const filter = await dialogs.ask({
          ...{ title, canGoBack, value: draft.filter, placeholder: l10n.t('icmp or arp') },
          prompt: l10n.t('Which packets? A filter in tcpdump syntax; leave empty for all.'),
          problem: () => undefined,
          agrees: async (text) => (await control.filterProblem({ on, filter: text, as: 'packets' }))?.reason,
        });
        return typeof filter === 'string' ? { ...draft, filter } : filter;
      },
    },
    {
      async ask(draft, { canGoBack }) {
        const limit = await dialogs.pick<Limit>({
          ...{ title, canGoBack, choices: limits(), typed: typedLimit },
          placeholder: l10n.t('For how long? Pick, or type a number of seconds (30 s) or packets (500)'),
        });
        return limit === undefined || limit === back ? limit : { ...draft, limit };
      },
    },
    {
      async ask(draft, { canGoBack }) {
        const obstacle = await packets.noViewer();
        const target = await dialogs.pick<Target>({
          ...{ title, canGoBack, placeholder: l10n.t('Where should the packets go?') },
          choices: targets(obstacle),
        });
        return target === undefined || target === back ? target : { ...draft, target };
      },
    },
  ];
}

const limits = (): Choice<Limit>[] => [
  {
    ...{ label: l10n.t('Until I stop it'), icon: 'debug-stop', value: {} },
    description: l10n.t('a file ends at {0} MiB', mostMebibytes),
  },
  ...[10, 60].map((seconds) => ({ label: secondsText(seconds), icon: 'watch', value: { seconds } })),
  ...[100, 1000].map((count) => ({ label: packetsText(count), icon: 'symbol-numeric', value: { count } })),
];

const secondsText = (count: number): string => l10n.t('{0} seconds', count);
const packetsText = (count: number): string => l10n.t('{0} packets', count);

export function typedLimit(text: string): Choice<Limit> | undefined {
  const [, digits = '', unit = ''] = /^\s*([1-9]\d{0,6})\s*(s?)\w*\s*$/i.exec(text) ?? [];
  if (digits === '') return undefined;
  const number = Number(digits);
  return unit === ''
    ? { label: packetsText(number), icon: 'symbol-numeric', value: { count: number } }
    : { label: secondsText(number), icon: 'watch', value: { seconds: number } };
}

const targets = (obstacle: string | undefined): Choice<Target>[] => [
  {
    ...{ label: l10n.t('Wireshark'), value: 'wireshark', icon: 'eye' },
    description: l10n.t('live'),
    ...(obstacle === undefined ? {} : { unavailable: obstacle, icon: 'circle-slash' }),
  },
  {
    label: l10n.t('A Capture File…'),
    description: l10n.t('.pcap, on this machine or yours'),
    value: 'file',
    icon: 'save',
  },
  {
    ...{ label: l10n.t('Copy Command'), value: 'line', icon: 'copy' },
    description: l10n.t('for a terminal on your computer, with Wireshark'),
  },
];
