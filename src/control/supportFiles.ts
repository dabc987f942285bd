import { identifying, maskStrings } from '../diagnostics/masking/maskEvidence';
import { masker, type Names } from '../diagnostics/masking/masker';
import { parseDestination } from '../model/destination';
import { printableJson } from '../model/printable';
import type { HostSnapshot } from '../model/snapshot';
import { namesOf } from './evidenceFile';
import { maskedText } from './maskedText';

/** Names other than those of the host that it is about. */
export interface AlsoNamed {
  /** Hosts, as the user addresses them. */
  destinations: string[];
  hosts: string[];
  users: string[];
}

export interface SupportFiles {
  /** Texts by file name, the one that says what they are first. */
  files: Record<string, string>;
  /** What was masked: kind → how many different ones. */
  masked: Record<string, number>;
}

/** What support asks for, without anything that identifies hosts, users, containers and devices; a name has the same mask throughout. */
export function supportFiles(
  parts: Record<string, unknown>,
  snapshot: HostSnapshot | undefined,
  also: AlsoNamed,
): SupportFiles {
  const use = masker(identifying(allNames(snapshot, also)));
  const files = Object.fromEntries(
    Object.entries(maskStrings(parts, use)).map(([name, value]) =>
      typeof value === 'string' ? [`${name}.txt`, value] : [`${name}.json`, `${printableJson(value)}\n`],
    ),
  );
  const masked = use.masked();
  return { files: { 'README.txt': readme(files, masked), ...files }, masked };
}

function allNames(snapshot: HostSnapshot | undefined, { destinations, hosts, users }: AlsoNamed): Names {
  const own = snapshot ? namesOf(snapshot) : { hosts: [], users: [], containers: [] };
  const others = destinations.flatMap((one) => {
    const read = parseDestination(one);
    return typeof read === 'string' ? [] : [read];
  });
  return {
    hosts: [...own.hosts, ...hosts, ...others.map(({ host }) => host)],
    users: [...own.users, ...users, ...others.map(({ user }) => user ?? '')],
    containers: [
      ...own.containers,
      ...(snapshot?.containers ?? []).flatMap(({ composeProject, group }) => [
        composeProject ?? '',
        group ?? '',
      ]),
    ],
  };
}

const readme = (files: Record<string, string>, masked: Record<string, number>): string =>
  [
    'Support bundle of SR-IOV Workbench',
    `Made ${new Date().toISOString()}`,
    '',
    ...Object.entries(files).map(([name, text]) => `${name}: ${text.length} characters`),
    '',
    'Names of hosts, users and containers, addresses, ids and serial numbers are replaced,',
    'consistently across all files. PCI addresses, drivers and names of interfaces stay.',
    `What was found: ${maskedText(masked)}.`,
    '',
  ].join('\n');
