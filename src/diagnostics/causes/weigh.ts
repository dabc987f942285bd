import type { Cause } from '../../model/finding';
import type { Remedy, Weighed } from '../rule';
import type { View } from '../view/view';

/** One of the causes that an error may have. */
export interface Candidate<Subject> {
  cause: Cause;
  title: string;
  /** A clause that says what it would be, without a full stop. */
  is: string;
  fixes: Remedy[];
  /** What shows that it is this one, and so none of the others. */
  shownBy?: (view: View, subject: Subject) => boolean;
  /** What shows that it is not. */
  excludedBy?: (view: View, subject: Subject) => boolean;
}

/** An error with its candidates, the likeliest first, and the command that tells them apart. */
export interface Question<Subject> {
  title: string;
  candidates: Candidate<Subject>[];
  decide: Remedy;
}

/** Undefined when everything that the error may mean was excluded. */
export function weigh<Subject>(
  { title, candidates, decide }: Question<Subject>,
  view: View,
  subject: Subject,
): Weighed | undefined {
  const left = candidates.filter(({ excludedBy }) => excludedBy?.(view, subject) !== true);
  const shown = left.find(({ shownBy }) => shownBy?.(view, subject) === true);
  const [likeliest, ...others] = shown ? [shown] : left;
  if (!likeliest) return undefined;
  const causes = [...new Set(candidates.map(({ cause }) => cause))];
  const { cause, is, fixes } = likeliest;
  return others.length === 0
    ? { title: likeliest.title, explanation: sentence(is), fixes, cause, causes }
    : {
        ...{ title: `${title}. Most likely: ${lowerCase(likeliest.title)}`, cause, causes },
        explanation: `This error has several causes, and nothing here decides between them. Most likely, ${is}. Otherwise ${others.map((other) => other.is).join(', or ')}.`,
        fixes: [decide, ...fixes],
      };
}

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
/** Names keep their capitals: VFs, SR-IOV. */
const lowerCase = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
