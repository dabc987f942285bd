import type { Cause, Fix, Purpose, Severity } from '../model/finding';
import type { Command, Values } from './command';
import type { Line } from './view/line';
import { quote, type View } from './view/view';

export type SeverityByPurpose = Record<Purpose, Severity>;
export const always = (severity: Severity): SeverityByPurpose => ({
  netdev: severity,
  vfio: severity,
  vm: severity,
});
/** What matters only when a function leaves the kernel: for DPDK or a virtual machine. */
export const whenPassedOn = (severity: Severity, otherwise: Severity = 'info'): SeverityByPurpose => ({
  netdev: otherwise,
  vfio: severity,
  vm: severity,
});
/** What matters only when the host's own VF driver is to serve the VF. */
export const whenNetdev = (severity: Severity, otherwise: Severity = 'info'): SeverityByPurpose => ({
  netdev: severity,
  vfio: otherwise,
  vm: otherwise,
});

/** A place where a rule applies. */
export interface Hit {
  /** `host`, a PCI address or an interface. */
  subject: string;
  evidence: string[];
  /** Where this hit is judged otherwise than its rule. */
  severity?: SeverityByPurpose;
  /** Where this hit has another cause than its rule. */
  cause?: Cause;
  /** Which of several causes it is, of an error that has several. */
  weighed?: Weighed;
  /** What the texts of the rule want to name. */
  says?: string;
  /** What commands of its fixes name, where that isn't the subject. */
  values?: Values;
}

/** A fix as a rule has it: its commands have values of the host still open, and so may its change (`$PCI`). */
export type Remedy = Omit<Fix, 'commands'> & { commands: Command[] };

/** What is left of the candidates: the one that was shown, or those that weren't excluded, in order. */
export interface Weighed {
  title: string;
  explanation: string;
  fixes: Remedy[];
  cause: Cause;
  /** All that it could have been: a finding that says one of them for certain takes its place. */
  causes: Cause[];
}

/** One row: what to look for, and the finding it makes. */
export interface Rule {
  id: string;
  cause: Cause;
  severity: SeverityByPurpose;
  when: (view: View) => Hit[];
  title: string | ((hit: Hit) => string);
  explain: string | ((hit: Hit, view: View) => string);
  fixes?: Remedy[] | ((hit: Hit, view: View) => Remedy[]);
  /** Causes that explain this finding: when one of them was found, this one is left out. */
  yieldsTo?: Cause[];
  /**
   * On a live host a log tells of the past. `event`: it happened, and says nothing of now. `until-vfs`: it stands
   * until its adapter has VFs.
   */
  past?: 'event' | 'until-vfs';
}

/** A group of rules that answer one question, and the answer when none of them applies. */
export interface Family {
  id: string;
  /** The cause that was looked for and isn't there. */
  cause: Cause;
  /** Title of the `pass`. */
  fine: string;
  /** What shows that the question was looked at; empty when the evidence says nothing about it. */
  looked: (view: View) => string[];
  rules: Rule[];
}

export const hit = (
  subject: string | null | undefined,
  evidence: (Line | string)[],
  more: Partial<Hit> = {},
): Hit => ({
  subject: subject ?? 'host',
  evidence: quote(evidence),
  ...more,
});

/** Lines gathered by what they are about, one hit each. */
export function hitsBySubject(lines: readonly Line[], more: Partial<Hit> = {}): Hit[] {
  const bySubject = new Map<string, Line[]>();
  for (const line of lines) {
    const subject = line.pci ?? 'host';
    const about = bySubject.get(subject);
    if (about) about.push(line);
    else bySubject.set(subject, [line]);
  }
  return [...bySubject].map(([subject, about]) => hit(subject, about, more));
}

/** A line that was said. */
export const said =
  (pattern: RegExp) =>
  (view: View): Hit[] =>
    hitsBySubject(view.find(pattern));

export const fix = (
  kind: Fix['kind'],
  summary: string,
  more: Partial<Omit<Remedy, 'kind' | 'summary'>> = {},
): Remedy => ({
  ...{ kind, summary, commands: [], risk: null },
  needsReboot: kind === 'kernel-args' || kind === 'bios' || kind === 'firmware',
  ...more,
});
