import { containerd } from './containerd';
import { docker } from './docker';
import type { Client, Engine } from './engine';
import { podman } from './podman';

/** Every engine, in the order in which their containers are listed. */
const rows = [docker, podman, containerd] as const;

type Row = (typeof rows)[number];
export type ContainerEngine = Row['name'];
/** Engines whose command can run a command in a container. */
export type ExecutingEngine = Extract<Row, { client: { execs: true } }>['name'];

export const engines: readonly (Engine & { name: ContainerEngine })[] = rows;

/** Engines that can be asked. */
export const clients: readonly (Engine & { name: ContainerEngine; client: Client })[] = engines.flatMap(
  ({ client, ...engine }) => (client ? [{ ...engine, client }] : []),
);

export const engineNamed = (name: string): Engine | undefined =>
  engines.find((engine) => engine.name === name);

/** Of a regular expression: any of these. */
export const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`;
/** The names of the clients, likewise. */
export const anyClient = anyOf(clients.map(({ name }) => name));
