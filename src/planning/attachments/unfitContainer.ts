import { isRunning, type Container } from '../../model/container';
import { refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';

/** Who controls an interface in a rootless container. */
export const rootlessNotes = ({ name, rootlessOf }: Container, inside: string): string[] =>
  rootlessOf === undefined
    ? []
    : [
        `${name} is a rootless Podman container of ${rootlessOf}, who controls its network: ${rootlessOf} can change the MAC and the addresses of ${inside} unless the adapter enforces them.`,
      ];

/** Why nothing can be given to a container. */
export function unfitContainer(snapshot: HostSnapshot, container: Container): Refusal | undefined {
  if (!isRunning(container))
    return refuse(
      'not-running',
      `Container ${container.name} is not running (${container.state}); start it first.`,
    );
  const onHostNetwork = container.networkMode === 'host' || container.netnsInode === snapshot.host.netnsInode;
  if (container.netnsInode !== null && !onHostNetwork) return undefined;
  if (onHostNetwork)
    return refuse(
      'host-network',
      `Container ${container.name} uses the host's own network, so it already sees the VF; there is nothing to attach to.`,
    );
  return refuse(
    'unknown-state',
    `The network namespace of container ${container.name} could not be read; that requires root.`,
  );
}
