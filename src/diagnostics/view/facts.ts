/** A sysfs path or fact with its value, as written down by a user: `64`, `2 (after setting)`, `empty`, `absent` … */
export interface Fact {
  key: string;
  value: string;
  /** `key: value`, for quoting. */
  line: string;
}

const absentPattern =
  /^(?:absent|missing|none|n\/a|null|-|no)$|no such file|not (?:present|there|found|exist)|does ?n[o']t exist|\b(?:file|link|entry) (?:is )?(?:absent|missing)|\babsent\b|\bmissing\b/i;
const emptyPattern =
  /^(?:""|''|\[\])?$|\bempty\b|^nothing\b|^0(?:$| *\(| (?:groups|devices|entries))|\bno (?:entries|groups|devices|output)\b|^none\b/i;

export const saysAbsent = (value: string): boolean => absentPattern.test(value.trim());
export const saysEmpty = (value: string): boolean => emptyPattern.test(value.trim());

/** The number a value begins with; `null` when it says something else. */
export const numberIn = (value: string): number | null => {
  const digits = /^\s*(\d{1,6})\b/.exec(value)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** The last number a value speaks of: of `0 before, 8 after` that is 8. */
export const lastNumberIn = (value: string): number | null => {
  const all = value.match(/\b\d{1,6}\b/g);
  return all ? Number(all.at(-1)) : null;
};

export const toFacts = (sysfs: Record<string, string>): Fact[] =>
  Object.entries(sysfs).map(([key, value]) => ({ key, value, line: `${key}: ${value}` }));
