import type { Read } from '../../declared/readDeclared';
import type { FileProblem } from '../../model/declared/declared';
import type { DeclaredPlan } from '../../model/declared/declaredPlan';
import type { HostSnapshot } from '../../model/snapshot';
import { planDeclared } from '../../planning/declared/planDeclared';
import type { CurrentHost } from '../hosts/currentHost';
import type { OpenHost } from '../hosts/openHost';

/** What is wrong in a file, and where. */
export interface Mark extends FileProblem {
  severity: 'error' | 'warning';
}

/** What a file could be compared with. */
export type Compared =
  /** The file itself is wrong. */
  | { kind: 'invalid' }
  | { kind: 'no-host' }
  /** It is for a host that isn't connected. */
  | { kind: 'elsewhere'; host: string }
  /** The host isn't read now. */
  | { kind: 'unread'; host: string }
  /** Only root sees where every VF is. */
  | { kind: 'limited'; host: string }
  | { kind: 'compared'; host: string; snapshot: HostSnapshot; plan: DeclaredPlan };

export interface Judged {
  marks: Mark[];
  compared: Compared;
}

type Hosts = Pick<CurrentHost, 'all' | 'id' | 'named'>;

/** Judges a file by itself, then by the host that it is for, as that was read last. `usually`: the host that the settings name for it. */
export function judge(read: Read, hosts: Hosts, usually?: string): Judged {
  if ('problems' in read)
    return { marks: read.problems.map((one) => mark(one, 'error')), compared: { kind: 'invalid' } };
  const compared = compare(read, hosts, usually);
  const places = compared.kind === 'compared' ? compared.plan.places : [];
  return {
    marks: [
      ...places.map(({ path, text }) => mark(read.problemAt(path, text), 'error')),
      ...read.warnings.map((one) => mark(one, 'warning')),
    ],
    compared,
  };
}

const mark = (problem: FileProblem, severity: Mark['severity']): Mark => ({ ...problem, severity });

function compare(
  { declared }: Exclude<Read, { problems: unknown }>,
  hosts: Hosts,
  usually?: string,
): Compared {
  const host = hostFor(declared.host, hosts, usually);
  if (!host)
    return declared.host === undefined ? { kind: 'no-host' } : { kind: 'elsewhere', host: declared.host };
  const { id, connection, snapshot } = host;
  if (!snapshot || (connection.state !== 'admin' && connection.state !== 'limited'))
    return { kind: 'unread', host: id };
  if (connection.state === 'limited') return { kind: 'limited', host: id };
  return { kind: 'compared', host: id, snapshot, plan: planDeclared(snapshot, declared) };
}

/** The connected host that a file is for: the one that it names, else the one of the settings, else the current one. */
export function hostFor(name: string | undefined, hosts: Hosts, usually?: string): OpenHost | undefined {
  if (name === undefined) return hosts.named(usually) ?? hosts.named(hosts.id);
  const isIt = ({ id, snapshot }: OpenHost) => id === name || snapshot?.host.hostname === name;
  const current = hosts.named(hosts.id);
  return current && isIt(current) ? current : hosts.all.find(isIt);
}
