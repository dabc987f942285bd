import { lookForNames } from '../../control/lookForNames';
import { localHost } from '../../host/local';
import { sshHost } from '../../host/ssh';
import { sshConfigHosts } from '../../host/sshConfigHosts';
import { isRunning } from '../../model/container';
import { destination, destinationProblem } from '../../model/destination';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import type { Named, Wanted, Word } from './wanted';

/** Milliseconds after which names are no longer waited for. */
const patience = 2000;

/** The names of that kind on the host in question; nobody is asked for a password. */
export async function names({ names: wanted, host, sshConfig, typed }: Wanted): Promise<Word[]> {
  const hosts = wanted.includes('HOST') ? await hostNames(sshConfig) : [];
  const functions = wanted.includes('PF') || wanted.includes('VF');
  const containers = wanted.includes('CONTAINER');
  if ((!functions && !containers) || destinationProblem(host) !== undefined) return hosts;
  const there =
    host === 'local'
      ? localHost()
      : sshHost(destination(host), { configFile: sshConfig, connectTimeout: Math.ceil(patience / 1000) });
  try {
    const signal = AbortSignal.timeout(patience);
    const snapshot = await lookForNames(there, functions ? 'functions' : 'containers', signal);
    return functions ? functionNames(snapshot, wanted, typed !== '') : containerNames(snapshot);
  } finally {
    await there.dispose();
  }
}

const hostNames = async (file: string | undefined): Promise<Word[]> => [
  { word: 'local', says: 'this machine' },
  ...(await sshConfigHosts(file)).map(({ alias, hostName }) => ({ word: alias, says: hostName ?? '' })),
];

/** `all`: their other names, too. */
function functionNames({ pfs, attachments }: HostSnapshot, wanted: Named[], all: boolean): Word[] {
  const ofPf = (pf: PhysicalFunction): Word[] => {
    const says = pf.model ?? pf.driver ?? '';
    const words = pf.name === null ? [pf.pci] : [pf.name, ...(all ? [pf.pci] : [])];
    return words.map((word) => ({ word, says }));
  };
  const ofVf = (pf: PhysicalFunction, vf: VirtualFunction): Word[] => {
    const attached = attachments.find((one) => one.vf === vf.pci);
    const says = [vf.name ?? vf.driver, attached && `attached to ${attached.containerName}`];
    const words = [`${pf.name ?? pf.pci}:${vf.index}`, ...(all ? [vf.pci, vf.name] : [])];
    return words.flatMap((word) => (word === null ? [] : [{ word, says: says.filter(Boolean).join(', ') }]));
  };
  const inContainers = ({ pci, vfs }: PhysicalFunction): Word[] =>
    attachments
      .filter((one) => one.vf === pci || vfs.some((vf) => vf.pci === one.vf))
      .map(({ containerName, record }) => ({ word: `${containerName}:${record.inside}`, says: record.vf }));
  return pfs.flatMap((pf) => [
    ...(wanted.includes('PF') ? ofPf(pf) : []),
    ...(wanted.includes('VF') ? pf.vfs.flatMap((vf) => ofVf(pf, vf)) : []),
    ...(wanted.includes('CONTAINER:IFNAME') ? inContainers(pf) : []),
  ]);
}

const containerNames = ({ containers }: HostSnapshot): Word[] =>
  containers
    .filter(isRunning)
    .map(({ name, engine }) => ({ word: name, says: engine === 'netns' ? 'namespace' : engine }));
