/** Whether a file of that path declares what a host should be: those that the manifest names for the schema. */
export const isDeclaredFile = (path: string): boolean => /(?:^|[/.])sriov\.(?:yaml|json)$/.test(path);
