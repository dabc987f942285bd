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
  /** How many were connected since; undefined where it wasn't, lately. */
  since?: number;
  /** Whose name, or whose ssh configuration it is from, where that isn't the machine in front of the person. */
  side?: string;
}

interface Sources {
  saved: string[];
  listed: ListedHost[];
  /** The one first that was connected last. */
  recent: string[];
  side: string | undefined;
}

/** Every machine once: this one, the saved ones, those of the ssh configuration, then where one has been lately. */
export function knownHosts({ saved, listed, recent, side }: Sources): KnownHost[] {
  const from = side === undefined ? {} : { side };
  const all: KnownHost[] = [
    { id: 'local', source: 'local', address: '', ...from },
    ...saved.map((id): KnownHost => ({ id, source: 'saved', address: addressOf(id, listed) })),
    ...listed.map(({ alias }): KnownHost => ({
      ...{ id: alias, source: 'ssh', address: addressOf(alias, listed) },
      ...from,
    })),
    ...recent.map((id): KnownHost => ({ id, source: 'recent', address: '' })),
  ];
  return all
    .filter((one, index) => all.findIndex(({ id }) => id === one.id) === index)
    .map((one) => (recent.includes(one.id) ? { ...one, since: recent.indexOf(one.id) } : one));
}

function addressOf(id: string, listed: ListedHost[]): string {
  const host = listed.find(({ alias }) => alias === id);
  if (!host) return '';
  const name = host.hostName ?? (host.user || host.port ? host.alias : '');
  return `${host.user ? `${host.user}@` : ''}${name}${host.port ? `:${host.port}` : ''}`;
}

export const hostLabel = (id: string): string => (id === 'local' ? l10n.t('This Machine') : id);
