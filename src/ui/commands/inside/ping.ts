import { l10n } from 'vscode';
import type { Container, ContainerInterface } from '../../../model/container';
import { inNetwork, isIP } from '../../../model/addresses/ip';
import { vfAt, type HostSnapshot } from '../../../model/snapshot';
import { back, type Choice } from '../../dialogs/dialogs';
import type { Workbench } from '../../workbench';
import type { Handler } from '../command';
import { choosePlace, noWayIn } from './choosePlace';
import type { Place } from './place';
import { openInside } from './terminals';

/** Four packets from an interface of a container to the address that the person names. */
export const ping: Handler = async (workbench, item) => {
  const { snapshot } = workbench.host;
  const place = await choosePlace(workbench, item, l10n.t('Ping From Here'), noWayIn);
  if (!place || !snapshot) return;
  const device = place.device ?? (await askDevice(workbench, place));
  if (device === undefined) return;
  const target = targetIn(item) ?? (await askTarget(workbench, snapshot, place, device));
  if (target !== undefined) await openInside(workbench, place, ['ping', '-c', '4', '-I', device, target]);
};

async function askDevice({ dialogs }: Workbench, { name, container }: Place): Promise<string | undefined> {
  const devices = container?.interfaces.filter((one) => one.name !== 'lo') ?? [];
  const [only, ...others] = devices;
  if (!only) return void dialogs.tell('info', l10n.t('{0} has no interface to ping from.', name));
  if (others.length === 0) return only.name;
  const answer = await dialogs.pick({
    title: l10n.t('Ping From {0}', name),
    placeholder: l10n.t('Pick the interface to ping from'),
    choices: devices.map((one) => ({
      label: one.name,
      description: one.addresses.join(' '),
      icon: 'plug',
      value: one.name,
    })),
  });
  return answer === back ? undefined : answer;
}

async function askTarget(
  { dialogs }: Workbench,
  snapshot: HostSnapshot,
  { name, container }: Place,
  device: string,
): Promise<string | undefined> {
  const answer = await dialogs.pick<string>({
    title: l10n.t('Ping From {0} by {1}', name, device),
    placeholder: l10n.t('Pick whom to ping, or type an address or a name'),
    choices: container ? targets(snapshot, container, device) : [],
    typed: (text) => typedTarget(text.trim()),
  });
  return answer === back ? undefined : answer;
}

/** The gateways of an interface, then the addresses of other containers that it reaches without one. */
export function targets(snapshot: HostSnapshot, container: Container, device: string): Choice<string>[] {
  const own = container.interfaces.find(({ name }) => name === device);
  const gateways = container.routes.flatMap(({ device: by, gateway, destination }) =>
    by === device && gateway !== null
      ? [{ value: gateway, description: l10n.t('gateway of {0}', destination) }]
      : [],
  );
  const neighbours = snapshot.containers
    .filter(({ id }) => id !== container.id)
    .flatMap((other) =>
      other.interfaces
        .filter((one) => own && areOnOneVlan(snapshot, own, one))
        .flatMap((one) =>
          one.addresses
            .map((cidr) => cidr.split('/')[0] ?? '')
            .filter((address) => own?.addresses.some((cidr) => inNetwork(address, cidr)))
            .map((value) => ({ value, description: `${other.name}:${one.name}` })),
        ),
    );
  const all = [...gateways, ...neighbours];
  return all
    .filter(({ value }, index) => all.findIndex((one) => one.value === value) === index)
    .map(({ value, description }) => ({ label: value, description, icon: 'pulse', value }));
}

/** As far as adapters tell: anything but a VF may be anywhere. */
function areOnOneVlan(snapshot: HostSnapshot, one: ContainerInterface, other: ContainerInterface): boolean {
  const [a, b] = [one, other].map(({ vf }) => vfAt(snapshot, vf)?.vf.vlan?.id);
  return a === undefined || b === undefined || a === b;
}

function typedTarget(text: string): Choice<string> | undefined {
  if (text === '') return undefined;
  const problem = l10n.t('“{0}” is neither an address nor the name of a host.', text);
  return isTarget(text)
    ? { label: l10n.t('Ping {0}', text), icon: 'arrow-right', value: text }
    : { label: problem, icon: 'warning', value: '', unavailable: problem };
}

const isTarget = (text: string): boolean => isIP(text) || /^[a-z0-9][a-z0-9._-]{0,252}$/i.test(text);

/** `{container, target}` asks nothing. */
function targetIn(item: unknown): string | undefined {
  const given = typeof item === 'object' && item !== null && 'target' in item ? item.target : undefined;
  return typeof given === 'string' && isTarget(given) ? given : undefined;
}
