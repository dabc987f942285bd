import { bootstrapArgv } from './bootstrap';
import { HostError, type Host, type RunOptions } from './host';
import { runProgram } from './run';

/** This machine. Under Remote-SSH that is the remote one, since the extension runs there. */
export function localHost(): Host {
  return {
    id: 'local',
    run(program, options: RunOptions = {}) {
      if (process.platform !== 'linux')
        return Promise.reject(
          new HostError(
            'unsupported',
            `This machine runs ${process.platform}; SR-IOV needs a Linux host.`,
            '',
          ),
        );
      return runProgram(bootstrapArgv, program, options);
    },
    dispose: () => Promise.resolve(),
  };
}
