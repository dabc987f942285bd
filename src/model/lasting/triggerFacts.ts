/** What determines which triggers can keep a VF on a host; `null` parts aren't known. */
export interface TriggerFacts {
  /** Whether systemd runs the host. */
  systemd: boolean;
  /** `null` if there is none, or it doesn't answer. */
  docker: DockerFacts | null;
  /** Its version; `null` where there is none. */
  podman: string | null;
}

export interface DockerFacts {
  version: string;
  /** Where it looks for CDI devices: nowhere if CDI is off or unsupported. */
  cdiFolders: string[];
  /** Its configuration, as it is on the disk; `null` where there is none. */
  daemonJson: string | null;
}
