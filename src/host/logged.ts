import { HostError, type Host } from './host';

export interface HostLog {
  debug(line: string): void;
  trace(line: string): void;
}

/** The same host, with each round trip in a log: how long it took and how it ended; its text only at `trace`. */
export const logged = (host: Host, log: HostLog): Host => ({
  ...host,
  async run(program, options) {
    const started = Date.now();
    const done = (how: string) =>
      log.debug(`${host.id}: program of ${program.length} bytes, ${how}, ${Date.now() - started} ms`);
    log.trace(`${host.id}: runs\n${program}`);
    try {
      const result = await host.run(program, options);
      done(`exit ${result.exitCode}, ${result.stdout.length} bytes back`);
      log.trace(`${host.id}: said\n${result.stdout}${result.stderr}`);
      return result;
    } catch (error) {
      done(error instanceof HostError ? `${error.phase}: ${error.message}` : String(error));
      throw error;
    }
  },
});
