/**
 * Everything to know about a container engine. A new one is a file beside this one, a row in index.ts, and the way its
 * containers are read in inventory/engines/.
 */
export interface Engine {
  name: string;
  /** As its authors spell it. */
  title: string;
  /** Name of the process whose child a container's first process is; it has the container's id among its arguments. */
  parent: string;
  /** How its containers are seen if it has no command to ask, as in “seen by …”. */
  seenBy?: string;
  /** The names that it gives to its containers' network namespaces: listed as named namespaces, they would appear twice. */
  namesNamespaces?: RegExp;
  /** The namespace of containerd that its containers are in. */
  inContainerd?: string;
  /** The command named like the engine; absent if there is none to ask. */
  client?: Client;
}

export interface Client {
  /** What its templates call the id of a container. */
  id: 'Id' | 'ID';
  /** Where it listens; a refused user is refused by one of these. */
  sockets: readonly string[];
  /** Whether something that speaks Docker Engine's API always listens there; its client is then only asked what the API can't say. */
  answers?: boolean;
  /** Whether each container has a folder, called by its id, in one of the places that `kept_by` knows. */
  kept?: boolean;
  /** Arguments before a container's id that print the pid of its first process. */
  pid: readonly string[];
  /** Arguments that print a line whenever a container changes or moves, for as long as the command runs; `--since` follows them. */
  events: readonly string[];
  /** Whether `exec -u 0 ID` runs a command in a container: a DHCP client of the container's own. */
  execs: boolean;
  /** What it says when the engine is not running: regular expressions, in any case. */
  notRunning: readonly string[];
  /** What it says to a user who may not use the engine. */
  denied: readonly string[];
}

/** The engine events to print: without those from inside a container, such as health checks. */
export const filters = (...events: string[]): string[] =>
  events.flatMap((event) => ['--filter', `event=${event}`]);
