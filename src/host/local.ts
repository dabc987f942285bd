import { HostError, type Host } from './host';
import { shellHost } from './shellHost';

/** This machine. Under Remote-SSH that is the remote one, since the extension runs there. */
export const localHost = (): Host =>
  shellHost({ id: 'local', command: here, terminal: (program) => here(['sh', '-c', program]) });

const here = ([file = 'sh', ...args]: readonly string[]): Promise<[string, ...string[]]> =>
  process.platform === 'linux'
    ? Promise.resolve([file, ...args])
    : Promise.reject(
        new HostError('unsupported', `This machine runs ${process.platform}; SR-IOV needs a Linux host.`, ''),
      );
