/** What a container with VFs is run by; `cdi`: a device file for any engine. */
export const runLineEngines = ['docker', 'podman', 'compose', 'quadlet', 'cdi'] as const;
export type RunLineEngine = (typeof runLineEngines)[number];
