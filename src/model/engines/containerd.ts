import type { Engine } from './engine';

/** Its containers are nerdctl's, ctr's or a Kubernetes node's: they look the same whichever client created them. */
export const containerd = {
  name: 'containerd',
  title: 'containerd',
  parent: 'containerd-shim',
  seenBy: 'their shims',
  // A pod's, by the network plugin.
  namesNamespaces: /^cni-[0-9a-f-]+$/,
} as const satisfies Engine;
