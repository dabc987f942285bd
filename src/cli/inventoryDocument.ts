import type { HostSnapshot } from '../model/snapshot';

/** What `inventory --json` prints. What could be taken back is the journal's, not the host's. */
export const inventoryDocument = ({
  lastChange: _,
  ...rest
}: HostSnapshot): Omit<HostSnapshot, 'lastChange'> => rest;
