import { l10n } from 'vscode';
/** A host that the user's ssh configuration names. */
export interface ListedHost {
  alias: string;
  hostName?: string;
  user?: string;
  port?: string;
}

/** A machine that can be chosen. */
export interface KnownHost {
  id: string;
  source: 'local' | 'saved' | 'ssh' | 'recent';
  /** Where it leads, as far as the configuration says. */
  address: string;
}

/** Every machine once: this one, the saved ones, those of the ssh configuration, then where one has been lately. */
export function knownHosts(saved: string[], listed: ListedHost[], recent: string[]): KnownHost[] {
  const all: KnownHost[] = [
    { id: 'local', source: 'local', address: '' },
    ...saved.map((id): KnownHost => ({ id, source: 'saved', address: addressOf(id, listed) })),
    ...listed.map(({ alias }): KnownHost => ({
      id: alias,
      source: 'ssh',
      address: addressOf(alias, listed),
    })),
    ...recent.map((id): KnownHost => ({ id, source: 'recent', address: '' })),
  ];
  return all.filter((one, index) => all.findIndex(({ id }) => id === one.id) === index);
}

function addressOf(id: string, listed: ListedHost[]): string {
  const host = listed.find(({ alias }) => alias === id);
  if (!host) return '';
  const name = host.hostName ?? (host.user || host.port ? host.alias : '');
  return `${host.user ? `${host.user}@` : ''}${name}${host.port ? `:${host.port}` : ''}`;
}

/** The host first that was used last; at most ten. */
export const withRecent = (recent: string[], id: string): string[] =>
  id === 'local' ? recent : [id, ...recent.filter((other) => other !== id)].slice(0, 10);

export const hostLabel = (id: string): string => (id === 'local' ? l10n.t('This Machine') : id);
