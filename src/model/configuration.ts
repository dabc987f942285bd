import type { Argv } from './verbs';

/**
 * How a host boots and which modules it loads: read again before a fix is planned, since a plan has to know
 * the files that it changes byte for byte.
 */
export interface HostConfiguration {
  /** The running kernel's command line; `null` when unreadable. */
  cmdline: string | null;
  /** Running release, as `uname -r`. */
  kernel: string | null;
  insideContainer: boolean;
  /** `ID` and `ID_LIKE` of os-release. */
  os: string[];
  /** The boot loader's name as it left it in the EFI variable `LoaderInfo`: `systemd-boot 252.39`. */
  loaderInfo: string | null;
  /** Tools that change a boot configuration and are installed here: `update-grub`, `grubby` … */
  tools: string[];
  /** Files that a person or a tool edits. */
  files: ConfigurationFile[];
  /** Paths of boot configurations that tools generate. */
  generated: string[];
  /** Kernel modules that are loaded or built in. */
  modules: string[];
  /** Fixes that were applied here, oldest first. */
  fixes: AppliedFix[];
}

export interface ConfigurationFile {
  path: string;
  /** `null`: it exists, but isn't text that could be written back unchanged. */
  text: string | null;
}

/** The record of a fix, in `/var/lib/sriov-workbench/fixes/`, so that it can be undone even after a reboot. */
export interface AppliedFix {
  version: 1;
  /** Id of the finding, which is also the name of the record. */
  finding: string;
  title: string;
  /** ISO 8601, the clock of the client that applied it. */
  at: string;
  /** Kernel arguments: the running kernel has it when its command line agrees. */
  add: string[];
  remove: string[];
  files: AppliedFile[];
  /** The command that regenerates the boot configuration; `null` if there is none. */
  regenerate: Argv | null;
  /** The command that made the change, if we edited no file, and the one that reverses it. */
  tool: { apply: Argv; back: Argv } | null;
  /** Where to find the kernel's arguments afterwards: path patterns. */
  verify: string[];
  undone: boolean;
}

export interface AppliedFile {
  path: string;
  before: string | null;
  after: string | null;
}

/** `2026-11-22 17:03 UTC`. */
export const appliedAt = ({ at }: AppliedFix): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;
