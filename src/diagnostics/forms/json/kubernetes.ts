import { anything } from './anything';
import { isObject, objects, shape, text, type Fields } from './shapes';

/** The adapters of a node, in the words of their files. */
const adapterLines = (adapter: Fields): string[] => {
  const pci = text(adapter.pciAddress);
  const file = `/sys/bus/pci/devices/${pci}`;
  return pci === ''
    ? []
    : [
        ...('totalvfs' in adapter ? [`${file}/sriov_totalvfs: ${text(adapter.totalvfs)}`] : []),
        ...('numVfs' in adapter ? [`${file}/sriov_numvfs: ${text(adapter.numVfs)}`] : []),
        ...(adapter.driver ? [`${pci} driver ${text(adapter.driver)}`] : []),
      ];
};

/** What a node's state says: its adapters, and why the last change failed, if it did. */
const nodeState = ({ status }: Fields): string[] =>
  isObject(status)
    ? [
        ...objects(status.interfaces).flatMap(adapterLines),
        ...(status.lastSyncError && status.syncStatus !== 'Succeeded'
          ? [`lastSyncError: ${text(status.lastSyncError)}`]
          : []),
      ]
    : [];

/** Kubernetes' objects: what happened to them, not what was asked for. */
export const kubernetes = shape(
  (value) => (isObject(value) && typeof value.kind === 'string' && 'apiVersion' in value ? value : null),
  (object): string[] => {
    const { kind, items } = object;
    if (Array.isArray(items)) return objects(items).flatMap((item) => kubernetes.lines(item));
    if (kind === 'SriovNetworkNodeState') return nodeState(object);
    return [...(kind === 'Event' ? [text(object.message)] : []), ...anything(object.status)];
  },
);
