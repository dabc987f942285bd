import type { Belonging } from './engines/labels';
import type { DhcpClient } from './dhcp';
import { engines, type ContainerEngine } from './engines';
import type { PciAddress } from './functions';

/** The engine of a container; `netns`: it is a named network namespace. */
export type EngineName = ContainerEngine | 'netns';
export const engineNames: readonly EngineName[] = [...engines.map(({ name }) => name), 'netns'];

export interface ContainerInterface {
  name: string;
  mac: string | null;
  addresses: string[];
  up: boolean;
  mtu: number | null;
  altnames: string[];
  /** The VF (or PF) whose network device this is. */
  vf: PciAddress | null;
  /** Index of the device below it, if that is in another namespace: a macvlan on an adapter of the host. */
  standsOn?: number;
}

/** A configured route of the main table (not the kernel's own). */
export interface Route {
  /** CIDR or `default`. */
  destination: string;
  family: 4 | 6;
  gateway: string | null;
  device: string;
  metric: number | null;
}

/** A running or stopped container, or a named network namespace (`engine: 'netns'`, its id is its name). */
export interface Container extends Belonging {
  /** The engine's full id; never abbreviated. One that a person chose comes after the namespace in which it is unique: `default/fw`. */
  id: string;
  name: string;
  image: string | null;
  engine: EngineName;
  /** As the engine calls it: `running`, `exited`, `paused` … */
  state: string;
  pid: number | null;
  /** Inode of its network namespace; `null` when it isn't running or couldn't be read. */
  netnsInode: number | null;
  /** `none`, `bridge`, `host`, `container:<id>` …; `null` for a named namespace. */
  networkMode: string | null;
  /** The user whose rootless Podman runs it; absent for a container of root's engine. */
  rootlessOf?: string;
  /** Its own DHCP client; absent if it has none that we know how to use, or if the host has one. */
  dhcpClient?: DhcpClient;
  interfaces: ContainerInterface[];
  routes: Route[];
}

/** True when the container has a network namespace that a device can be moved into. */
export const isRunning = (container: Container): boolean =>
  container.state === 'running' || container.state === 'paused';

/** An id as engines abbreviate it. */
export const shortId = ({ id }: Pick<Container, 'id'>): string => (id.includes('/') ? id : id.slice(0, 12));
