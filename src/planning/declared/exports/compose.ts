import type { DeclaredAttachment } from '../../../model/declared/declared';
import { yamlBlock } from '../../../model/declared/yamlText';
import { byDevices, type ByDevice } from './devices';
import type { Exportable } from './exportable';
import type { Exported } from './exported';

/** Files that are merged with those of the projects: `docker compose -f compose.yaml -f compose.sriov.yaml up`. */
export function compose(wanted: Exportable): Exported {
  const { devices, unsaid } = byDevices(wanted, unfit);
  const files = new Map<string, ByDevice[]>();
  for (const one of devices) {
    const { engine, compose: of } = one.about.container;
    const name = ['compose', ...(engine === 'podman' ? [engine] : []), ...(of ? [of.project] : [])].join('.');
    files.set(name, [...(files.get(name) ?? []), one]);
  }
  return {
    files: [...files].map(([name, those]) => ({
      name: `${name}.sriov.yaml`,
      text: [
        ...those.map(({ command }) => `# On the host, once: ${command}`),
        yamlBlock({ name: those[0]?.about.container.compose?.project, services: servicesOf(those) }),
      ].join('\n'),
    })),
    unsaid,
  };
}

/** A service may get several VFs. */
function servicesOf(those: ByDevice[]): object {
  const services = new Map<string, { container_name?: string; devices: string[] }>();
  for (const { about, device } of those) {
    const { name, compose: of } = about.container;
    const service = of?.service ?? name ?? '';
    const { devices = [] } = services.get(service) ?? {};
    services.set(service, { container_name: name, devices: [...devices, device] });
  }
  return Object.fromEntries(services);
}

function unfit({ container: { engine, label } }: DeclaredAttachment): string | undefined {
  if (label !== undefined) return 'Only the compose file knows which service has that label.';
  return engine === undefined || engine === 'docker' || engine === 'podman'
    ? undefined
    : `Containers of ${engine} are not made by compose.`;
}
