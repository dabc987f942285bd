import { l10n } from 'vscode';
import { label } from '../hostText';
import { hostName } from '../hosts/viewState';
import type { Compared, Judged } from './judge';

/** What stands above a file: a text, and what a click on it does. */
export interface LensText {
  title: string;
  command: string;
  words: unknown[];
}

/** Plan and Apply where that is possible, and how much differs; else why nothing is compared, and the way out. */
export function lensTexts(address: string, { compared, marks }: Judged): LensText[] {
  switch (compared.kind) {
    case 'invalid':
      return [lens(counted(marks.length), 'editor.action.marker.next')];
    case 'no-host':
      return [lens(l10n.t('No host is connected.'), 'sriov.host.connect')];
    case 'elsewhere':
      return [
        lens(l10n.t('For {0}, which is not connected.', label(compared.host)), 'sriov.host.connect', {
          host: compared.host,
        }),
      ];
    case 'unread':
      return [
        lens(l10n.t('Not connected to {0}.', label(compared.host)), 'sriov.host.reconnect', {
          host: compared.host,
        }),
      ];
    case 'limited':
      return [
        lens(l10n.t('Turn On Administrative Access'), 'sriov.access.elevate', {
          host: compared.host,
        }),
      ];
    case 'compared':
      return ofPlan(address, compared);
  }
}

function ofPlan(address: string, { host, snapshot, plan }: Compared & { kind: 'compared' }): LensText[] {
  const name = label(hostName(host, snapshot));
  const words = { file: address, host };
  if (plan.blocks.length > 0)
    return [
      lens(
        l10n.t('Not possible on {0}: {1}', name, counted(plan.blocks.length)),
        'editor.action.marker.next',
      ),
    ];
  if (plan.parts.length === 0)
    return [lens(l10n.t('{0} is as declared.', name), 'sriov.declared.plan', words)];
  return [
    lens(l10n.t('Plan'), 'sriov.declared.plan', words),
    lens(l10n.t('Apply'), 'sriov.declared.apply', words),
    lens(differencesText(plan.differences.length, name), 'sriov.declared.plan', words),
  ];
}

export const differencesText = (count: number, host: string): string =>
  count === 1 ? l10n.t('1 difference on {0}', host) : l10n.t('{0} differences on {1}', count, host);

const counted = (count: number): string =>
  count === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', count);

const lens = (title: string, command: string, ...words: unknown[]): LensText => ({ title, command, words });
