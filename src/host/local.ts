import { HostError, type Host } from './host';
import { shellHost } from './shellHost';

/** This machine. Under Remote-SSH that is the remote one, since the extension runs there. */
export const localHost = (): Host =>
  shellHost({
    id: 'local',
    command: (script) =>
      process.platform === 'linux'
        ? Promise.resolve(['sh', '-c', script])
        : Promise.reject(
            new HostError(
              'unsupported',
              `This machine runs ${process.platform}; SR-IOV needs a Linux host.`,
              '',
            ),
          ),
  });
