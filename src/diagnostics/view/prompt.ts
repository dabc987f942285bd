/** How shells begin a line; the last group is what was typed, absent when nothing was. */
const prompts = [
  /^(?:\([\w.-]{1,30}\) ?)?\[?[\w.-]{1,40}@[^\s\]#$>]{1,60}[^#$>]{0,80}(?:[#$](?:\s+(\S.*))?|>\s+(\S.*))$/,
  /^[#$%](?:\s+(\S.*))?$/,
  /^[\w.-]{1,40}(?: \S{1,60})?%(?:\s+(\S.*))?$/,
  /^➜\s+\S{1,80}(?:\s+git:\(\S{1,80}\))?(?:\s+✗)?(?:\s+(\S.*))?$/u,
  /^[❯»λ]\s+(\S.*)$/u,
];

/** The command of a line that a shell prompt begins: empty when nothing was typed, `null` when there is no prompt. */
export function promptedCommand(text: string): string | null {
  for (const prompt of prompts) {
    const found = prompt.exec(text);
    if (found) return found.slice(1).find((typed) => typed !== undefined) ?? '';
  }
  return null;
}

/** The prompt is root's: its name, or the `#` that shells show root alone. */
export const rootsPrompt = (text: string): boolean =>
  /^\S*\broot@|^\[root@|^#\s|^[^\s$%>#]{1,60}@[^$%>#]{1,140}#/.test(text);

/** What a terminal receives besides text: colours, the cursor, its title. */
const controls =
  /\x1b(?:\[[0-9;:?<=>]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[()*+][0-9A-Za-z]|[ -/]?[0-~])|[\x00-\x08\x0b\x0c\x0e-\x1a]/g;

export const withoutControls = (text: string): string => text.replace(controls, '');
