import { maskEvidence } from '../diagnostics/masking/maskEvidence';
import type { Names } from '../diagnostics/masking/masker';
import { parseDestination } from '../model/destination';
import type { HostEvidence } from '../model/evidence';
import { printableJson } from '../model/printable';
import type { HostSnapshot } from '../model/snapshot';

/** Evidence of a host in the form that `diagnose --evidence` reads, with identifying data masked. */
export interface EvidenceFile {
  /** The JSON document. */
  text: string;
  /** What was masked: kind → how many different ones. */
  masked: Record<string, number>;
  /** Names that stay, because the checks need them. */
  kept: string[];
}

/** The snapshot has the names in the log: hosts, users and containers. */
export function evidenceFile(snapshot: HostSnapshot, evidence: HostEvidence): EvidenceFile {
  const { host, pfs, takenAt } = snapshot;
  const { evidence: safe, masked, kept } = maskEvidence(evidence, namesOf(snapshot));
  const document = {
    source: 'sriov diagnose --collect',
    collectedAt: takenAt,
    os: [host.os.prettyName, host.kernel].filter(Boolean).join(', '),
    hardware: [
      ...new Set(pfs.map(({ model, vendorId, deviceId }) => model ?? `${vendorId}:${deviceId}`)),
    ].join(', '),
    evidence: safe,
  };
  return { text: `${printableJson(document)}\n`, masked, kept };
}

/** The names of the host, its users and its containers. */
export function namesOf({ host, containers, attachments }: HostSnapshot): Names {
  const read = parseDestination(host.id);
  const { user, host: destination } = typeof read === 'string' ? { user: '', host: host.id } : read;
  return {
    hosts: [host.hostname ?? '', destination],
    users: [host.user.name ?? '', user ?? ''],
    containers: [
      ...containers.flatMap(({ name, id }) => [name, id, id.slice(0, 12)]),
      ...attachments.map(({ containerName }) => containerName),
    ],
  };
}
