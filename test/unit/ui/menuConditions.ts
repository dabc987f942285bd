/** The few forms of `when` that our menus use. */
export function holds(when: string, view: string, context: string, ofSeveral = false): boolean {
  return when.split(' && ').every((clause) => {
    const [, not, key, operator, right] = /^(!\(|!)?([\w.]+)(?: (==|=~) (.*?)\)?)?$/.exec(clause) ?? [];
    if (key === 'listMultiSelection') return ofSeveral === (not === undefined);
    const value = key === 'view' ? `sriov.${view}` : key === 'viewItem' ? context : undefined;
    if (value === undefined || right === undefined) throw new Error(`not understood: ${clause}`);
    const pattern = right.startsWith('/') ? right.slice(1, right.lastIndexOf('/')) : undefined;
    const matches = operator === '==' ? value === right : new RegExp(pattern ?? right).test(value);
    return not === undefined ? matches : !matches;
  });
}

/** Whether a welcome text or a title's button is shown, as far as the reasons for an empty view decide. */
export const isShown = (when: string, tokens: string): boolean =>
  when.split(' && ').every((clause) => {
    const [, not, pattern] = /^(!\()?sriov\.view =~ \/(.*?)\/\)?$/.exec(clause) ?? [];
    return pattern === undefined || new RegExp(pattern).test(tokens) !== (not !== undefined);
  });
