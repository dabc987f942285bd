import { hostContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Row } from '../tree/row';
import { oneLine } from '../hostText';
import type { CurrentHost } from './currentHost';
import type { KnownHost } from './hostList';

const words = {
  none: '',
  connecting: 'connecting…',
  limited: 'connected, limited',
  admin: 'connected',
  lost: 'not connected',
  unsupported: 'not supported',
};

/** This machine, the saved hosts and those of the ssh configuration; recent ones only where one can type. */
export const hostRows = (known: KnownHost[], current: Pick<CurrentHost, 'id' | 'connection'>): Row[] =>
  known
    .filter(({ source, id }) => source !== 'recent' || id === current.id)
    .map((host) => {
      const isCurrent = host.id === current.id;
      const name = host.id === 'local' ? 'This Machine' : oneLine(host.id);
      const state = isCurrent ? words[current.connection.state] : '';
      const description = [state, host.address, host.source === 'saved' ? 'saved' : '']
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
        spoken: oneLine(`Host ${name}${description ? `, ${description}` : ''}`),
        tooltip: facts([
          ['Host', name],
          ['Address', host.address],
          [
            'From',
            {
              local: null,
              saved: 'your settings',
              ssh: 'the ssh configuration',
              recent: 'recently used',
            }[host.source],
          ],
          ['State', state],
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
