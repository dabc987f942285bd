import { l10n } from 'vscode';
import { hostContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Row } from '../tree/row';
import { oneLine } from '../hostText';
import type { CurrentHost, HostState } from './currentHost';
import { hostLabel, type KnownHost } from './hostList';
import type { OpenHost } from './openHost';

const words = {
  none: '',
  connecting: l10n.t('connecting…'),
  limited: l10n.t('connected, limited'),
  admin: l10n.t('connected'),
  lost: l10n.t('not connected'),
  unsupported: l10n.t('not supported'),
};

/** This machine, the saved hosts and those of the ssh configuration; recent ones only where one can type, or is connected. */
export const hostRows = (known: KnownHost[], hosts: Pick<CurrentHost, 'id' | 'all'>): Row[] =>
  known.flatMap((host) => {
    const open = hosts.all.find(({ id }) => id === host.id);
    if (host.source === 'recent' && !open) return [];
    return hostRow(host, open?.connection.state ?? 'none', {
      ...{ isCurrent: host.id === hosts.id, isOne: hosts.all.length < 2 },
    });
  });

/** A host above its own rows, where several are shown. */
export const rootRow = (
  { id, connection }: Pick<OpenHost, 'id' | 'connection'>,
  isCurrent: boolean,
  children: Row[],
): Row => ({
  ...hostRow({ id, source: id === 'local' ? 'local' : 'ssh', address: '' }, connection.state, {
    ...{ isCurrent, isOne: false },
  }),
  ...{ expanded: true, children },
});

/** `isOne`: no other is connected. Then it needn't be said that it is the current one. */
function hostRow(
  host: KnownHost,
  connection: HostState['state'],
  { isCurrent, isOne }: { isCurrent: boolean; isOne: boolean },
): Row {
  const name = oneLine(hostLabel(host.id));
  const state = words[connection];
  const current = isCurrent && !isOne ? l10n.t('current') : '';
  const isHere = host.source === 'local' ? host.side : undefined;
  const saved = host.source === 'saved' ? l10n.t('saved') : '';
  const description = [state, current, isHere, host.address, saved].filter(Boolean).join(' · ');
  return {
    id: `hosts/${host.id}`,
    label: name,
    description: oneLine(description),
    icon: icon(host, connection),
    context: hostContext({
      ...{ current: isCurrent, connected: connection !== 'none' },
      ...{ ssh: host.id !== 'local', saved: host.source === 'saved' },
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
          ssh: host.side
            ? l10n.t('the ssh configuration of {0}', host.side)
            : l10n.t('the ssh configuration'),
          recent: l10n.t('recently used'),
        }[host.source],
      ],
      [l10n.t('State'), state],
    ]),
    subject: { kind: 'host', id: host.id },
    children: [],
  };
}

function icon({ source }: KnownHost, state: keyof typeof words): Row['icon'] {
  if (state === 'admin' || state === 'limited') return { id: 'vm-active', color: 'charts.green' };
  if (state === 'lost') return { id: 'warning', color: 'problemsWarningIcon.foreground' };
  return { id: source === 'local' ? 'device-desktop' : 'remote' };
}
