/**
 * What there is to know about a container engine. A new one is a file beside this one, a row in index.ts, and the way its
 * containers are read in inventory/engines/.
 */
export interface Engine {
  name: string;
  /** As its makers write it. */
  title: string;
  /** Name of the process whose child a container's first process is; it has the container's id among its arguments. */
  parent: string;
  /** What its containers are seen by where it has no command to ask, as in “seen by …”. */
  seenBy?: string;
  /** The names that it gives to the network namespaces of its containers itself: as named namespaces they would be there twice. */
  namesNamespaces?: RegExp;
  /** The command that is called like the engine; absent where there is none to ask. */
  client?: Client;
}

export interface Client {
  /** What its templates call the id of a container. */
  id: 'Id' | 'ID';
  /** Where it listens; what refuses a user is one of these. */
  sockets: readonly string[];
  /** Whether something always listens there that answers as Docker Engine's API has it; its client is then asked only what that can't say. */
  answers?: boolean;
  /** Whether each container has a folder, called by its id, in one of the places that `kept_by` knows. */
  kept?: boolean;
  /** Arguments before a container's id that print the pid of its first process. */
  pid: readonly string[];
  /** Arguments that print a line whenever a container is another one or elsewhere, for as long as it runs; `--since` follows them. */
  events: readonly string[];
  /** Whether `exec -u 0 ID` runs a command in a container: a DHCP client of the container's own. */
  execs: boolean;
  /** What it says when the engine is not running: regular expressions, in any case. */
  notRunning: readonly string[];
  /** What it says to a user who may not use the engine. */
  denied: readonly string[];
}

/** Of the events that an engine can print, these: without what runs in a container, such as its health checks. */
export const filters = (...events: string[]): string[] =>
  events.flatMap((event) => ['--filter', `event=${event}`]);
