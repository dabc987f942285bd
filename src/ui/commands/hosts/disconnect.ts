import type { Handler } from '../command';

export const disconnect: Handler = async ({ host, hosts, log }) => {
  log.info(`disconnect from ${host.id ?? 'nothing'}`);
  await host.disconnect();
  await hosts.remember(undefined);
};
