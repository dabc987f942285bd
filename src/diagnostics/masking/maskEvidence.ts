import { engines } from '../../model/engines';
import type { HostEvidence, LiveFacts } from '../../model/evidence';
import { purposes, type Finding } from '../../model/finding';
import { diagnose } from '../diagnose';
import { masker, type Masker, type Names } from './masker';

export interface MaskedEvidence {
  evidence: HostEvidence;
  /** What was masked: kind → how many different ones. */
  masked: Record<string, number>;
  /** Names that stay, because the checks need them: a container called `vfio`. */
  kept: string[];
}

/**
 * Evidence without what identifies the host, its users, its containers or its devices. PCI addresses, vendor and device
 * ids, drivers and interfaces stay, and the rules say the same of it as of what was given.
 */
export function maskEvidence(evidence: HostEvidence, names: Names): MaskedEvidence {
  const { live } = evidence;
  const known = { ...names, hosts: [...names.hosts, live?.hostname ?? ''].flatMap(withDomain) };
  const reserved = reservedNames(live);
  const wanted = each(known, (name) => identifies(name) && !reserved.has(name.toLowerCase()));
  const harmless = saysTheSame(evidence, wanted)
    ? wanted
    : each(wanted, (name) =>
        saysTheSame(
          evidence,
          each(wanted, (other) => other === name),
        ),
      );
  const use = masker(harmless);
  return {
    evidence: maskStrings(live ? { ...evidence, live: { ...live, hostname: 'host-1' } } : evidence, use),
    masked: use.masked(),
    kept: [...new Set(Object.values(known).flat())].filter(
      (name) => identifies(name) && !Object.values(harmless).flat().includes(name),
    ),
  };
}

/** The names that identify something, hosts with and without their domain. */
export const identifying = (names: Names): Names =>
  each({ ...names, hosts: names.hosts.flatMap(withDomain) }, identifies);

/** `node.lab.acme` is also written `node`, and `lab.acme` has other hosts. */
function withDomain(name: string): string[] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name] : [name, name.slice(0, dot), name.slice(dot + 1)];
}

const each = (names: Names, keep: (name: string) => boolean): Names => ({
  hosts: names.hosts.filter(keep),
  users: names.users.filter(keep),
  containers: names.containers.filter(keep),
});

/** Everybody has a root and a localhost; one letter or a number would hit anything. */
const identifies = (name: string): boolean =>
  name.length >= 2 && /[A-Za-z]/.test(name) && !/^(?:root|localhost|local|nobody)$/i.test(name);

/** What the facts consist of, and terms that a container may be named after. */
function reservedNames(live: LiveFacts | undefined): Set<string> {
  const field = `kernel linux ${engines.map(({ name }) => name).join(' ')} iommu dmar vfio pci intel amd driver link virtual function network host vm vf pf fw up on off`;
  const found = [field];
  const gather = (value: unknown, key: string): void => {
    if (key === 'hostname' || key === 'detail') return;
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) gather(inner, name);
  };
  gather(live, '');
  return new Set(found.flatMap((text) => [text.toLowerCase(), ...text.toLowerCase().split(/[^a-z0-9]+/)]));
}

/** Whether the rules find the same in the masked evidence. */
function saysTheSame(evidence: HostEvidence, names: Names): boolean {
  const use = masker(names);
  const masked = maskStrings(evidence, use);
  return [undefined, ...purposes].every(
    (purpose) =>
      JSON.stringify(diagnose(masked, purpose).map(verdict)) ===
      JSON.stringify(maskStrings(diagnose(evidence, purpose).map(verdict), use)),
  );
}

const verdict = ({ id, cause, severity, subject }: Finding) => [id, cause, severity, subject];

/** Every text in it masked. Fields keep their names; a fact's path is masked with its value, as the rules quote it. */
export function maskStrings<T>(value: T, use: Masker): T {
  if (typeof value === 'string') return use.mask(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => maskStrings(one, use)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) =>
      key.includes('/') && typeof inner === 'string'
        ? maskFact(key, inner, use)
        : [key, maskStrings(inner, use)],
    ),
  ) as T;
}

function maskFact(path: string, value: string, { mask }: Masker): [string, string] {
  const masked = mask(path);
  const line = mask(`${path}: ${value}`);
  return [masked, line.startsWith(`${masked}: `) ? line.slice(masked.length + 2) : mask(value)];
}
