import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse } from 'node:path';
import { home } from './home';

/** A host named in an ssh configuration, with the settings of its own block; ssh itself resolves the rest. */
export interface SshConfigHost {
  alias: string;
  hostName?: string;
  user?: string;
  port?: string;
}

const deepest = 16;

/** The hosts one can name on ssh's command line: every `Host` without wildcards, in order, `Include` followed. */
export async function sshConfigHosts(file = defaultConfigFile()): Promise<SshConfigHost[]> {
  const hosts = new Map<string, SshConfigHost>();
  await read(file, hosts, 0);
  return [...hosts.values()];
}

export const defaultConfigFile = (): string => join(home(), '.ssh', 'config');

async function read(file: string, hosts: Map<string, SshConfigHost>, depth: number): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  let block: SshConfigHost[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [keyword = '', ...values] = keywordAndValues(line);
    switch (keyword.toLowerCase()) {
      case 'host':
        block = values.filter((pattern) => !/[*?!]/.test(pattern)).map((alias) => known(hosts, alias));
        break;
      case 'match':
        block = [];
        break;
      case 'hostname':
      case 'user':
      case 'port':
        for (const host of block) setFirst(host, keyword.toLowerCase(), values[0]);
        break;
      case 'include':
        if (depth < deepest)
          for (const pattern of values)
            for (const included of await matching(pattern)) await read(included, hosts, depth + 1);
    }
  }
}

function known(hosts: Map<string, SshConfigHost>, alias: string): SshConfigHost {
  const host = hosts.get(alias) ?? { alias };
  hosts.set(alias, host);
  return host;
}

/** As in ssh, the first value wins. */
function setFirst(host: SshConfigHost, keyword: string, value: string | undefined): void {
  const key = keyword === 'hostname' ? 'hostName' : (keyword as 'user' | 'port');
  if (value !== undefined) host[key] ??= value;
}

/** `keyword value…` or `keyword=value`, values perhaps in quotes, `#` starts a comment. */
function keywordAndValues(line: string): string[] {
  const match = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line);
  if (!match) return [];
  const [, keyword = '', rest = ''] = match;
  const values = [...rest.matchAll(/"([^"]*)"|(#.*)|([^\s"]+)/g)];
  const comment = values.findIndex(([, , hash]) => hash !== undefined);
  const kept = comment < 0 ? values : values.slice(0, comment);
  return [keyword, ...kept.map(([, quoted, , bare]) => quoted ?? bare ?? '')];
}

/** The files that an `Include` means: `~` is the home folder, a relative path starts in `~/.ssh`, `*` and `?` match. */
async function matching(pattern: string): Promise<string[]> {
  const written = pattern.replace(/^~(?=\/|$)/, home());
  const path = isAbsolute(written) ? written : join(dirname(defaultConfigFile()), written);
  const { root } = parse(path);
  let found = [root];
  for (const part of path.slice(root.length).split(/[\\/]/)) {
    if (!/[*?]/.test(part)) found = found.map((folder) => join(folder, part));
    else found = (await Promise.all(found.map((folder) => matchingIn(folder, part)))).flat();
  }
  return found;
}

async function matchingIn(folder: string, part: string): Promise<string[]> {
  const source = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => new RegExp(`^${source}$`).test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .sort()
    .map((name) => join(folder, name));
}
