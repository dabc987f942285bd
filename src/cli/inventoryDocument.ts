import type { HostSnapshot } from '../model/snapshot';

/** What `inventory --json` prints. What could be undone belongs to the journal, not to the host. */
export const inventoryDocument = ({
  lastChange: _,
  ...rest
}: HostSnapshot): Omit<HostSnapshot, 'lastChange'> => rest;
