import type { PciAddress } from '../functions';
import type { AttachRequest, Trigger } from '../request';

/** Engines whose containers a VF can be kept for: root's, with events that name them. */
export const keepingEngines = ['docker', 'podman'] as const;
export type KeepingEngine = (typeof keepingEngines)[number];

/** The containers that are meant: never by id, which changes when a container is recreated. */
export type Meant = { name: string } | { labels: Record<string, string> };

/** The part of a request that belongs to the interface, whoever has it. */
export type KeptSettings = Pick<
  AttachRequest,
  'addresses' | 'dhcp' | 'gateway' | 'routes' | 'mac' | 'vlan' | 'trust' | 'clear' | 'mtu'
>;

/** “Whenever this container runs, this VF is in it, with these settings.” One file on the host each, root's and readable. */
export interface Intent {
  version: 1;
  id: string;
  engine: KeepingEngine;
  container: Meant;
  pf: PciAddress;
  /** Checked before anything is done: another card may be in its place. */
  pfMac: string | null;
  vf: PciAddress;
  index: number;
  /** Name on the host while the container doesn't run. */
  hostName: string;
  /** A `.link` file has udev give it that name, whoever brings it back. */
  link?: true;
  /** Name inside. */
  inside: string;
  settings: KeptSettings;
  trigger: Trigger;
  madeAt: string;
}

/** How the last run of an intent's program ended; `null` parts aren't known. */
export interface KeptResult {
  state: 'attached' | 'waiting' | 'failed';
  /** ISO 8601, the host's clock. */
  at: string;
  why: string;
}

/** A line that a run of an intent's program wrote to the host's journal. */
export interface KeptRun {
  /** ISO 8601, the host's clock. */
  at: string;
  said: string;
}

/** An intent and its current state. */
export interface Kept {
  intent: Intent;
  /** `null` if it has not run since the host booted, or only root may read it. */
  result: KeptResult | null;
  /** Whether whatever calls its program runs, or exists; `null` if unknown. */
  watched: boolean | null;
  /** Its program isn't there: somebody removed it. */
  programGone?: true;
}

/** The unit that listens to an engine. */
export const watcherUnit = (engine: string): string => `sriov-workbench@${engine}.service`;

/** What an intent is called, unless another one is called that. The name of a CDI device ends with a letter or digit. */
export const intentName = (meant: Meant, inside: string): string =>
  `${'name' in meant ? meant.name : Object.values(meant.labels).join('-')}-${inside}`
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 80)
    .replace(/[^A-Za-z0-9]+$/, '');

/** The device to create a container with, so that the engine's runtime runs the program of an intent; and its file. */
export const cdiDevice = (id: string): string => `sriov-workbench.local/vf=${id}`;
export const deviceFile = (id: string): string => `/etc/cdi/sriov-workbench-${id}.json`;

/** What it runs. */
export const programFile = (id: string): string => `/etc/sriov-workbench/attachments.d/${id}.sh`;

/** By what udev calls the VF as on the host before. It sorts before those that others write. */
export const linkFile = (id: string): string => `/etc/systemd/network/00-sriov-workbench-${id}.link`;

/** `container fw`, `compose service shop/web`, `containers with the label app=fw`. */
export const meantText = (meant: Meant): string =>
  `${{ name: 'container', service: 'compose service', label: 'containers with the label' }[meantBy(meant)]} ${meantName(meant)}`;

export function meantBy(meant: Meant): 'name' | 'service' | 'label' {
  if ('name' in meant) return 'name';
  return 'com.docker.compose.project' in meant.labels && 'com.docker.compose.service' in meant.labels
    ? 'service'
    : 'label';
}

/** `fw`, `shop/web`, `app=fw`: as a person writes it, and `parseMeant` reads it. */
export function meantName(meant: Meant): string {
  if ('name' in meant) return meant.name;
  const { 'com.docker.compose.project': project, 'com.docker.compose.service': service } = meant.labels;
  if (project !== undefined && service !== undefined) return `${project}/${service}`;
  return Object.entries(meant.labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** Reads `fw`, `shop/web`, `app=fw`: how a person writes which containers are meant. */
export function parseMeant(given: string): Meant | string {
  const label = /^([A-Za-z0-9][\w./-]*)=([\w./:@ -]*)$/.exec(given);
  if (label) return { labels: { [label[1] ?? '']: label[2] ?? '' } };
  const compose = /^([a-z0-9][a-z0-9_-]*)\/([A-Za-z0-9][\w.-]*)$/.exec(given);
  if (compose)
    return {
      labels: {
        'com.docker.compose.project': compose[1] ?? '',
        'com.docker.compose.service': compose[2] ?? '',
      },
    };
  return /^[A-Za-z0-9][\w.-]*$/.test(given)
    ? { name: given }
    : `"${given}" can't be a container's name; name a container that is created later by its name, PROJECT/SERVICE or LABEL=VALUE.`;
}
