import type { DeclaredAttachment } from '../../../model/declared/declared';
import { byDevices, type ByDevice } from './devices';
import type { Exportable } from './exportable';
import type { Exported } from './exported';

/** Drop-ins for the containers' files: podman-systemd.unit(5), from Podman 5.0 on. */
export function quadlet(wanted: Exportable): Exported {
  const { devices, unsaid } = byDevices(wanted, unfit);
  const containers = new Map<string, ByDevice[]>();
  for (const one of devices) {
    const { name = '' } = one.about.container;
    containers.set(name, [...(containers.get(name) ?? []), one]);
  }
  return {
    files: [...containers].map(([name, those]) => ({
      folder: '/etc/containers/systemd',
      name: `${name}.container.d/10-sriov.conf`,
      text: [
        ...those.map(({ command }) => `# On the host, once: ${command}`),
        '[Container]',
        `ContainerName=${name}`,
        ...those.map(({ device }) => `AddDevice=${device}`),
      ].join('\n'),
    })),
    unsaid,
  };
}

function unfit({ container: { engine, name } }: DeclaredAttachment): string | undefined {
  if (name === undefined) return 'A Quadlet is for one container; name it.';
  return engine === undefined || engine === 'podman'
    ? undefined
    : `Containers of ${engine} are not made by Quadlets, which are Podman's.`;
}
