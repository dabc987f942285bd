import { dhcpClients } from '../model/dhcp';
import type { HostFacts } from '../model/snapshot';
import type { probeSections } from './printed';
import type { Plain } from './sections';

/** Who and where we are, from the probe's first sections. `body` gives a section's text, empty when it isn't there. */
export function hostFacts(id: string, body: (section: Plain<typeof probeSections>) => string): HostFacts {
  const [uid, name] = lines(body('login'));
  const [system, hostname, kernel] = lines(body('uname'));
  const client = dhcpClients.find((known) => known === lines(body('dhcp-client'))[0]);
  const os = osRelease(body('os-release'));
  return {
    id,
    hostname: hostname ?? null,
    kernel: kernel ?? null,
    os: {
      id: os.get('ID') ?? null,
      version: os.get('VERSION_ID') ?? null,
      prettyName: os.get('PRETTY_NAME') ?? null,
      system: system ?? 'unknown',
    },
    virtualization: body('virtualization').trim() || null,
    bootId: body('boot-id').trim() || null,
    user: { name: name ?? null, uid: uid ? Number(uid) : null, isRoot: uid === '0' },
    netnsInode: Number(body('netns-self')) || null,
    ...(/:E:ID_NET_LINK_FILE=/.test(body('udev')) ? { linkFiles: true } : {}),
    ...(client === undefined ? {} : { dhcpClient: client }),
  };
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const osRelease = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [
      key,
      value.replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
