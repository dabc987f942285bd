import type { Host } from '../../host/host';
import type { ChangeRequest } from '../../model/request';
import { assemble } from '../assemble';
import { everyEngine, everyEngineAtFirst } from '../engines';
import type { probeSections } from '../printed';
import { looking, type Look } from '../readSnapshot';
import { readSections } from '../readSections';
import { answer } from '../sections';

/** A look before one change. `isWhole`: nothing was left out, since whoever looked is not root. */
export interface FirstLook {
  look: Look;
  isWhole: boolean;
}

/** The program that looks at what the plan of a change takes, and at the whole host for whoever is not root there. */
const firstProgram = ({
  dhcp,
  routes,
  userspace,
}: Record<'dhcp' | 'routes' | 'userspace', boolean>): string =>
  looking(`${everyEngineAtFirst.shell}
if [ "$uid" = 0 ]; then
{
first "$1"${dhcp ? ' dhcp' : ''}
${userspace ? 'userspace' : ''}
${everyEngineAtFirst.reads}
} | beside namespaces all ${routes ? '' : 'unless-bare '}${everyEngineAtFirst.beside}
else
whole "$@" ${everyEngine.beside}
fi`);

/** Looks at a host that has not been read yet, for the plan of one change. Rejects with HostError as any look does. */
export async function firstLook(
  host: Host,
  request: ChangeRequest,
  signal?: AbortSignal,
): Promise<FirstLook> {
  const { dhcp, gateway, routes } = request.kind === 'attach' ? request : {};
  const wanted = {
    dhcp: dhcp === true,
    // Routes can be where no device is.
    routes: gateway !== undefined || routes !== undefined,
    userspace: request.kind === 'prepare',
  };
  const sections = await readSections(host, firstProgram(wanted), signal);
  const isWhole = answer<typeof probeSections>(sections).body('asker') === undefined;
  return { look: { sections, snapshot: assemble(host.id, sections) }, isWhole };
}
