import { l10n } from 'vscode';
import { hostContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Row } from '../tree/row';
import { oneLine } from '../hostText';
import type { CurrentHost } from './currentHost';
import { hostLabel, type KnownHost } from './hostList';

const words = {
  none: '',
  connecting: l10n.t('connecting…'),
  limited: l10n.t('connected, limited'),
  admin: l10n.t('connected'),
  lost: l10n.t('not connected'),
  unsupported: l10n.t('not supported'),
};

/** This machine, the saved hosts and those of the ssh configuration; recent ones only where one can type. */
export const hostRows = (known: KnownHost[], current: Pick<CurrentHost, 'id' | 'connection'>): Row[] =>
  known
    .filter(({ source, id }) => source !== 'recent' || id === current.id)
    .map((host) => {
      const isCurrent = host.id === current.id;
      const name = oneLine(hostLabel(host.id));
      const state = isCurrent ? words[current.connection.state] : '';
      const description = [state, host.address, host.source === 'saved' ? l10n.t('saved') : '']
        .filter(Boolean)
        .join(' · ');
      return {
        id: `hosts/${host.id}`,
        label: name,
        description: oneLine(description),
        icon: icon(host, isCurrent ? current.connection.state : 'none'),
        context: hostContext({
          current: isCurrent,
          ssh: host.id !== 'local',
          saved: host.source === 'saved',
        }),
        spoken: oneLine(description ? l10n.t('Host {0}, {1}', name, description) : l10n.t('Host {0}', name)),
        tooltip: facts([
          [l10n.t('Host'), name],
          [l10n.t('Address'), host.address],
          [
            l10n.t('From'),
            {
              local: null,
              saved: l10n.t('your settings'),
              ssh: l10n.t('the ssh configuration'),
              recent: l10n.t('recently used'),
            }[host.source],
          ],
          [l10n.t('State'), state],
        ]),
        subject: { kind: 'host', id: host.id },
        children: [],
      };
    });

function icon({ source }: KnownHost, state: keyof typeof words): Row['icon'] {
  if (state === 'admin' || state === 'limited') return { id: 'vm-active', color: 'charts.green' };
  if (state === 'lost') return { id: 'warning', color: 'problemsWarningIcon.foreground' };
  return { id: source === 'local' ? 'device-desktop' : 'remote' };
}
