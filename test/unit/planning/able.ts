import type { TriggerFacts } from '../../../src/model/lasting/triggerFacts';

/** A host where a VF can be kept by all that there is. */
export const able: TriggerFacts = {
  systemd: true,
  docker: { version: '26.1.5+dfsg1', cdiFolders: ['/etc/cdi', '/var/run/cdi'], daemonJson: null },
  podman: '5.4.2',
};
