import type { HostEvidence } from '../model/evidence';
import { worstFirst, type Finding, type Purpose, type Severity } from '../model/finding';
import { concrete } from './concrete';
import { families as all } from './rules/families';
import { forPurpose, inferJudge } from './purpose';
import { always, type Family, type Hit, type Rule, type SeverityByPurpose } from './rule';
import { quote, toView, type View } from './view/view';

interface Draft {
  rule: Rule;
  hit: Hit;
  severity: SeverityByPurpose;
  /** A live host's log tells of it, and it may be over. */
  past: boolean;
}

/**
 * What is wrong with a host, why, and what to change; worst first.
 *
 * Without a purpose, a live host is asked whether it is ready for containers. For a pasted log it
 * isn't known, see {@link inferJudge}.
 */
export function diagnose(
  evidence: HostEvidence,
  purpose?: Purpose,
  families: readonly Family[] = all,
): Finding[] {
  const view = toView(evidence);
  const drafts = families.flatMap(({ rules }) => rules.flatMap((rule) => draftsOf(rule, view)));
  const judge = purpose
    ? forPurpose(purpose)
    : inferJudge(
        view,
        drafts.map((draft) => draft.severity),
      );
  const severity = (draft: Draft): Severity => judge(draft.severity);
  const kept = drafts.reduce<Draft[]>(
    (left, draft) =>
      left.some((other) => yields(draft, other, severity)) ? left.filter((d) => d !== draft) : left,
    drafts,
  );
  return worstFirst([...findingsOf(kept, severity, view), ...passes(families, kept, severity, view)]);
}

function draftsOf(rule: Rule, view: View): Draft[] {
  return rule.when(view).map((hit) => {
    const severity = hit.severity ?? rule.severity;
    const past = inThePast(rule, hit, view);
    return { rule, hit, past, severity: past ? always('info') : severity };
  });
}

/** On a live host a line of the log is history: what failed once may work now. */
function inThePast({ past }: Rule, { subject }: Hit, { live, evidence }: View): boolean {
  if (!live || evidence.fresh || past === undefined) return false;
  if (past === 'event') return true;
  const pf = live.pfs.find(({ pci, name }) => pci === subject || name === subject);
  return pf ? (pf.numVfs ?? 0) > 0 : live.pfs.some(({ numVfs }) => (numVfs ?? 0) > 0);
}

const gravity: Severity[] = ['pass', 'info', 'unknown', 'warning', 'error'];

const causeOf = ({ rule, hit }: Draft) => hit.cause ?? rule.cause;

/** A finding yields to one that explains it and is no less grave. */
const yields = ({ rule, ...draft }: Draft, other: Draft, severity: (draft: Draft) => Severity): boolean => {
  const explainedBy = draft.hit.weighed?.causes ?? rule.yieldsTo;
  if (other.rule === rule || !explainedBy?.includes(causeOf(other))) return false;
  const weight = gravity.indexOf(severity(other));
  return weight >= 3 && weight >= gravity.indexOf(severity({ rule, ...draft }));
};

const mostOfOneRule = 6;

/** One finding per rule and subject. */
function findingsOf(drafts: readonly Draft[], severity: (draft: Draft) => Severity, view: View): Finding[] {
  const bySubject = new Map<string, Draft>();
  const perRule = new Map<Rule, number>();
  for (const draft of drafts) {
    const key = `${draft.rule.id} ${draft.hit.subject}`;
    const known = bySubject.get(key);
    if (known) {
      bySubject.set(key, {
        ...known,
        hit: { ...known.hit, evidence: quote([...known.hit.evidence, ...draft.hit.evidence]) },
      });
      continue;
    }
    const count = (perRule.get(draft.rule) ?? 0) + 1;
    perRule.set(draft.rule, count);
    if (count <= mostOfOneRule) bySubject.set(key, draft);
  }
  return [...bySubject.values()].map((draft) => finding(draft, severity(draft), view));
}

function finding({ rule, hit, past }: Draft, severity: Severity, view: View): Finding {
  const fixes = (typeof rule.fixes === 'function' ? rule.fixes(hit, view) : rule.fixes) ?? [];
  const explanation = typeof rule.explain === 'string' ? rule.explain : rule.explain(hit, view);
  return {
    ...{
      id: rule.id,
      cause: hit.cause ?? rule.cause,
      severity,
      subject: hit.subject,
      evidence: hit.evidence,
    },
    title: typeof rule.title === 'string' ? rule.title : rule.title(hit),
    explanation: (past ? 'This is from the kernel log and may no longer apply. ' : '') + explanation,
    fixes: concrete(fixes, hit, view, hit.cause ?? rule.cause),
  };
}

/** A question that was looked at, and where nothing is wrong. */
function passes(
  families: readonly Family[],
  drafts: readonly Draft[],
  severity: (draft: Draft) => Severity,
  view: View,
): Finding[] {
  return families.flatMap(({ id, cause, fine, looked, rules }) => {
    const bad = drafts.some((draft) => rules.includes(draft.rule) && severity(draft) !== 'info');
    const evidence = bad ? [] : looked(view);
    return evidence.length === 0
      ? []
      : [
          {
            id,
            cause,
            severity: 'pass' as const,
            subject: 'host',
            title: fine,
            explanation: 'Checked; no problems found.',
            evidence: quote(evidence, 4),
            fixes: [],
          },
        ];
  });
}
