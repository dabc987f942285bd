import type { EngineName } from './container';
import type { NamespaceRef } from './plan';

/** A way into a network namespace whose inode only root can see where it is `null`. */
export type NamespaceWay = Omit<NamespaceRef, 'inode'> & { inode: number | null };

/** What a person gets on a terminal of their own: something of the host in a network namespace, or a shell in a container. */
export type TerminalRequest = { says: TerminalTexts } & (
  | {
      kind: 'namespace';
      namespace: NamespaceWay;
      /** Run instead of a shell; the terminal then stays until what it printed was read. */
      run?: string[];
    }
  | {
      kind: 'container';
      engine: EngineName;
      id: string;
      /** Whose rootless container it is. */
      user?: string;
    }
);

/** What is said on that terminal, each on one line. */
export interface TerminalTexts {
  /** Before anything else. */
  begin: string;
  /** What was shown is no longer there, so that nothing was opened. */
  gone: string;
  /** Whoever logs in is neither root nor has sudo. */
  noRoot: string;
  /** The container belongs to another user. */
  notYours: string;
  /** Waits for Enter, so that what was said before can be read. */
  close: string;
}
