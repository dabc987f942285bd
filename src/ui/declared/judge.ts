import type { Read } from '../../declared/readDeclared';
import type { Declared, FileProblem } from '../../model/declared/declared';
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

/** Judges a file by itself, then by the host that it is for, as that was read last. `set`: the host that the settings name for it. */
export function judge(read: Read, hosts: Hosts, set?: string): Judged {
  if ('problems' in read)
    return { marks: read.problems.map((one) => mark(one, 'error')), compared: { kind: 'invalid' } };
  const compared = compare(read.declared, hosts, set);
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

function compare(declared: Declared, hosts: Hosts, set?: string): Compared {
  const name = declared.host ?? set;
  const host = hostFor(name, hosts);
  if (!host) return name === undefined ? { kind: 'no-host' } : { kind: 'elsewhere', host: name };
  const { id, connection, snapshot } = host;
  if (!snapshot || (connection.state !== 'admin' && connection.state !== 'limited'))
    return { kind: 'unread', host: id };
  if (connection.state === 'limited') return { kind: 'limited', host: id };
  return { kind: 'compared', host: id, snapshot, plan: planDeclared(snapshot, declared) };
}

/** The connected host of that name; the current one where none is named. */
export function hostFor(name: string | undefined, hosts: Hosts): OpenHost | undefined {
  const current = hosts.named(hosts.id);
  if (name === undefined || (current && isCalled(current, name))) return current;
  return hosts.all.find((host) => isCalled(host, name));
}

/** By its alias, or by its own name. */
export const isCalled = ({ id, snapshot }: Pick<OpenHost, 'id' | 'snapshot'>, name: string): boolean =>
  id === name || snapshot?.host.hostname === name;
