import type { Writable } from 'node:stream';
import { refuse, type Refusal } from '../model/plan';

/** Packets that somebody wants to see. */
export interface CaptureRequest {
  /** A VF, a PF, or `CONTAINER:IFNAME`. */
  on: string;
  /** In tcpdump's syntax; absent or empty: all. */
  filter?: string | undefined;
  /** A capture file, or a line for each packet. */
  as: 'packets' | 'text';
  /** The limits that end it; without any, only the reader does. */
  count?: number | undefined;
  seconds?: number | undefined;
  /** Of the capture file, which ends with the packet that reaches it. */
  mebibytes?: number | undefined;
}

export interface CaptureHooks {
  /** Closing it ends the capture. */
  to: Writable;
  /** Aborting ends the capture and keeps what was captured. */
  stop: AbortSignal;
  /** Aborting cancels it. */
  signal?: AbortSignal | undefined;
  /** Called before anything is captured, with what can't be seen there. */
  onBegin?: (about: { label: string; notes: string[] }) => void;
  /** Called as packets arrive; for text, `packets` isn't counted. */
  onProgress?: (progress: { packets: number; bytes: number }) => void;
}

/** What was captured. */
export interface Captured {
  label: string;
  packets: number;
  /** Of the capture file. */
  bytes: number;
  /** Packets that arrived too fast; `null`: unknown. */
  dropped: number | null;
}

/** What to check. */
export interface PathRequest {
  /** A VF, a PF, or `CONTAINER:IFNAME`. */
  on: string;
  /** The address to reach instead of the known gateways and neighbours. */
  gateway?: string | undefined;
}

export const gone = (label: string): Refusal =>
  refuse('stale', `${label} is no longer where it was: its container has ended or was restarted.`);
