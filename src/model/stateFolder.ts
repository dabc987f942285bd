/** Where a host keeps its journal, the records of attachments and fixes, and the programs of changes: root's alone (0700). */
export const stateFolder = '/var/lib/sriov-workbench';
