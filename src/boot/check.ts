import { argumentLists, type ArgumentList, type Read, type Span } from './argumentLists';
import type { BootFile } from './files';
import { risky } from './arguments';
import { hasArgument, nameAndValue } from './commandLine';
import { misspelt } from './misspelt';

/** A change that the readiness checks of this file's host ask for. */
export interface WantedArguments {
  add: string[];
  remove: string[];
  /** The title of the finding that asks. */
  because: string;
}

export interface BootProblem {
  from: number;
  to: number;
  severity: 'warning' | 'information';
  /** Stable id of the check. */
  code: string;
  message: string;
  /** Ways to fix it, the likeliest first. */
  repairs: Repair[];
}

export interface Repair {
  title: string;
  edits: { from: number; to: number; text: string }[];
}

/** What is wrong with the kernel arguments in a boot loader's file. */
export function checkBootFile(text: string, file: BootFile, wanted: WantedArguments[] = []): BootProblem[] {
  const read = argumentLists(text, file);
  return [
    ...read.broken.map(brokenValue),
    ...read.lists.flatMap((list) => list.arguments.flatMap(misspeltArgument)),
    ...repeated(read.lists),
    ...read.lists.flatMap((list) => list.arguments.flatMap(riskyArgument)),
    ...wanted.flatMap((one) => askedFor(one, read, file)),
  ]
    .sort((a, b) => a.from - b.from)
    .map((problem) => ({ ...problem, repairs: problem.repairs.map((one) => withSpaces(one, text)) }));
}

const brokenValue = ({ from, to, why }: Read['broken'][number]): BootProblem => ({
  ...{ from, to, severity: 'warning', code: `boot.${why}`, repairs: [] },
  message:
    why === 'unbalanced'
      ? 'A quote is missing: the shell that reads this file takes the following text as part of the value, or rejects the file.'
      : 'A value with spaces needs quotes: the shell only takes its first word.',
});

function misspeltArgument(argument: Span): BootProblem[] {
  const wrong = misspelt(argument.text);
  if (!wrong) return [];
  const { message, instead, harmless } = wrong;
  return [
    {
      ...{ ...place(argument), code: 'boot.misspelt', message },
      severity: harmless ? 'information' : 'warning',
      repairs:
        instead === null
          ? []
          : instead === ''
            ? [removal(argument)]
            : [{ title: `Replace with ${instead}`, edits: [{ ...place(argument), text: instead }] }],
    },
  ];
}

/** Arguments that override each other: the kernel follows the later one. */
const single = /^(?:intel_iommu|amd_iommu|iommu|intremap)$/;
const nameOf = ({ text }: Span): string => nameAndValue(text)[0];
const judged = /^(?:intel_iommu|amd_iommu|iommu|intremap|pci|pcie_acs_override|vfio\S*)$/;

/** GRUB concatenates its variables, so their lists are checked together. Entries stand alone. */
function repeated(lists: ArgumentList[]): BootProblem[] {
  const together = lists[0]?.name.text === 'options' ? lists.map((one) => [one]) : [lists];
  return together.flatMap((group) => {
    const present = group.flatMap((one) => one.arguments).filter((argument) => judged.test(nameOf(argument)));
    return present.flatMap((argument, index): BootProblem[] => {
      const before = present.slice(0, index);
      if (before.some(({ text }) => text === argument.text))
        return [
          {
            ...{ ...place(argument), severity: 'warning', code: 'boot.twice', repairs: [removal(argument)] },
            message: `${argument.text} is set twice.`,
          },
        ];
      const other = before.find((one) => nameOf(one) === nameOf(argument) && single.test(nameOf(argument)));
      return other && contradict(other.text, argument.text)
        ? [
            {
              ...{ ...place(argument), severity: 'warning', code: 'boot.contradiction' },
              message: `${other.text} is set as well; the later one takes effect.`,
              repairs: [removal(argument), removal(other)],
            },
          ]
        : [];
    });
  });
}

const contradict = (a: string, b: string): boolean => /=off\b/.test(a) !== /=off\b/.test(b);

function riskyArgument(argument: Span): BootProblem[] {
  const risk = risky(argument.text);
  return risk ? [{ ...place(argument), severity: 'warning', ...risk, repairs: [removal(argument)] }] : [];
}

/** What the checks of this host ask for and the file lacks, or has although it should go. */
function askedFor(
  { add, remove, because }: WantedArguments,
  { lists }: Read,
  { form, then }: BootFile,
): BootProblem[] {
  const present = lists.flatMap((one) => one.arguments);
  const gone = present.filter(({ text }) =>
    remove.some((one) => one === text || one === nameOf({ text } as Span)),
  );
  const missing = add.filter((argument) => !present.some(({ text }) => hasArgument(text, argument)));
  const places = missing.length === 0 ? [] : goesInto(lists);
  return [
    ...gone.map((argument): BootProblem => ({
      ...{ ...place(argument), severity: 'warning', code: 'boot.unwanted', repairs: [removal(argument)] },
      message: `${because}. ${then} after removing it.`,
    })),
    ...places.map((list): BootProblem => ({
      ...{ ...place(list.name), severity: 'warning', code: 'boot.missing' },
      message: `${because}: ${missing.join(' ')} is missing here. ${then} after adding it.`,
      repairs: [{ title: `Add ${missing.join(' ')}`, edits: insertion(list, form, missing) }],
    })),
  ];
}

/** GRUB's arguments for a normal boot, if there are any; otherwise each entry by itself. */
function goesInto(lists: ArgumentList[]): ArgumentList[] {
  if (lists[0]?.name.text === 'options') return lists;
  const last = (name: string) => lists.findLast((one) => one.name.text === name);
  const one = last('GRUB_CMDLINE_LINUX_DEFAULT') ?? last('GRUB_CMDLINE_LINUX') ?? lists[0];
  return one ? [one] : [];
}

/** An opposite argument is replaced; others are appended. */
function insertion(
  { arguments: present, value, quoted }: ArgumentList,
  form: BootFile['form'],
  missing: string[],
): Repair['edits'] {
  const opposite = (argument: string) =>
    present.find((one) => nameOf(one) === argument.split('=')[0] && contradict(one.text, argument));
  const replaced = missing.flatMap((text) => {
    const argument = opposite(text);
    return argument ? [{ ...place(argument), text }] : [];
  });
  const rest = missing.filter((argument) => !opposite(argument));
  const at = present.at(-1)?.to ?? value.from;
  const bare = form === 'assignments' && !quoted && present.length === 0;
  const text = `${present.length > 0 ? ' ' : ''}${rest.join(' ')}`;
  const added = { from: at, to: at, text: bare ? `"${text}"` : text };
  return [...replaced, ...(rest.length > 0 ? [added] : [])];
}

const place = ({ from, to }: Span) => ({ from, to });

const removal = ({ text, from, to }: Span): Repair => ({
  title: `Remove ${text}`,
  edits: [{ from, to, text: '' }],
});

/** An argument is removed with the space that separates it. */
function withSpaces({ title, edits }: Repair, text: string): Repair {
  const widened = edits.map((edit) => {
    if (edit.text !== '') return edit;
    if (/[ \t]/.test(text[edit.from - 1] ?? '')) return { ...edit, from: edit.from - 1 };
    return /[ \t]/.test(text[edit.to] ?? '') ? { ...edit, to: edit.to + 1 } : edit;
  });
  return { title, edits: widened };
}
