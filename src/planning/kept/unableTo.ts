import type { KeepingEngine } from '../../model/lasting/kept';
import type { DockerFacts, TriggerFacts } from '../../model/lasting/triggerFacts';
import type { Trigger } from '../../model/request';

/** Why a VF can't be kept so for containers of that engine, and what would change that; undefined where it can. */
export function unableTo(trigger: Trigger, engine: KeepingEngine, facts: TriggerFacts): string | undefined {
  const { systemd, docker, podman } = facts;
  if (engine === 'docker' ? docker === null : podman === null)
    return engine === 'docker'
      ? 'Docker does not answer, so what it supports is unknown.'
      : 'Podman is not installed.';
  if (trigger === 'watcher')
    return systemd ? undefined : 'The host does not run systemd, which would start the watcher.';
  return docker !== null && engine === 'docker' ? withoutCdi(docker) : podmanWithoutCdi(podman ?? '');
}

const podmanWithoutCdi = (version: string): string | undefined =>
  isBefore(version, 4, 1)
    ? `Podman ${version} does not support CDI devices, which came with Podman 4.1. Use the watcher.`
    : undefined;

/** Where CDI is on, Docker says where it looks. */
function withoutCdi({ version, cdiFolders, daemonJson }: DockerFacts): string | undefined {
  if (cdiFolders.includes('/etc/cdi')) return undefined;
  if (isBefore(version, 25, 0))
    return `Docker ${version} does not support CDI devices, which came with Docker 25. Use the watcher.`;
  if (cdiFolders.length > 0)
    return `Docker looks for CDI devices in ${cdiFolders.join(', ')}, not in /etc/cdi. Add that to "cdi-spec-dirs" in /etc/docker/daemon.json, and run: systemctl restart docker`;
  const file = withCdi(daemonJson);
  return `CDI is off in Docker ${version}. ${file === undefined ? 'Add "features": {"cdi": true} to /etc/docker/daemon.json' : `Replace /etc/docker/daemon.json with this: ${file}`} and run: systemctl restart docker (that stops the containers unless "live-restore" is on), or use the watcher.`;
}

/** Docker's configuration with CDI on; undefined where it can't be read. */
function withCdi(daemonJson: string | null): string | undefined {
  try {
    const settings = JSON.parse(daemonJson ?? '{}') as Record<string, unknown>;
    const { features = {} } = settings;
    return typeof features === 'object'
      ? JSON.stringify({ ...settings, features: { ...features, cdi: true } })
      : undefined;
  } catch {
    return undefined;
  }
}

function isBefore(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first < major || (first === major && second < minor);
}
