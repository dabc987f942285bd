import type { Handler } from '../command';
import { hostIn, targetOf } from '../target';

/** Of the row's host, or of the current one. */
export const disconnect: Handler = async (workbench, item) => {
  const { host, hosts, log } = workbench;
  const target = targetOf(workbench, item, undefined);
  const id = (target.given ? host.named(hostIn(target)) : undefined)?.id ?? host.id;
  log.info(`disconnect from ${id ?? 'nothing'}`);
  await host.disconnect(id);
  await hosts.remember(host.inUse);
};
