import type { Difference, DeclaredPlan, Origin, Part } from '../../model/declared/declaredPlan';
import { styled, type Line, type Style, type Styled, type View } from '../shown/styled';
import { table, type Row } from '../shown/table';

const acts: Record<Difference['act'], Styled> = {
  ...{ create: styled('good', '+'), change: styled('doubtful', '~'), destroy: styled('bad', '-') },
};

/** What would be done, stage by stage, the losses, and the blocks. */
export function planText(plan: DeclaredPlan, view: View): Line[] {
  const { host, differences, parts, blocks, notes } = plan;
  if (blocks.length > 0)
    return [
      [`${host} can't be made as declared:`],
      ...inTheWay(blocks),
      ...(differences.length > 0
        ? [[`What differs:`], ...table(differences.map(differenceRow), { ...view, indent: 2 }).flat()]
        : []),
      ...remarks('note:', 'quiet', notes),
    ];
  if (parts.length === 0) return [[`${host} is as declared.`], ...remarks('note:', 'quiet', notes)];
  return [
    [`${counted(parts.length, 'change')} on ${host}:`],
    ...parts.flatMap((part, index): Line[] => partText(part, index, view)),
    ...remarks('note:', 'quiet', notes),
  ];
}

const partText = ({ title, differences, losses, doubts }: Part, index: number, view: View): Line[] => [
  [styled('heading', `${index + 1}. ${title}`)],
  ...table(differences.map(differenceRow), { ...view, indent: 4 }).flat(),
  ...remarks('warning:', 'doubtful', doubts, '    '),
  ...remarks('loses:', 'bad', losses, '    '),
];

const differenceRow = ({ act, subject, what, from, to }: Difference): Row => ({
  cells: [acts[act], subject, what, `${from ?? '-'} → ${to ?? '-'}`],
});

/** What differs, since when, and by whom. */
export function driftText(
  { host, blocks, notes }: DeclaredPlan,
  drifted: readonly (Difference & { origin: Origin | null })[],
  view: View,
): Line[] {
  return [
    [drifted.length === 0 ? (blocks.length > 0 ? `${host} can't be made as declared:` : `${host} is as declared.`) : `${counted(drifted.length, 'difference')} on ${host}:`], // prettier-ignore
    ...table(
      drifted.map(({ origin, ...one }) => ({
        cells: [
          ...differenceRow(one).cells,
          origin === null
            ? 'since: unknown'
            : `since ${view.when(origin.at)} by ${origin.by}: ${origin.title}`,
        ],
      })),
      { ...view, indent: 2 },
    ).flat(),
    ...(drifted.length > 0 && blocks.length > 0 ? [['What prevents applying it:']] : []),
    ...inTheWay(blocks),
    ...remarks('note:', 'quiet', notes),
  ];
}

const inTheWay = (blocks: readonly string[]): Line[] => remarks('blocked:', 'bad', blocks);

const remarks = (word: string, style: Style, texts: readonly string[], indent = '  '): Line[] =>
  texts.map((text) => [indent, styled(style, word), ` ${text}`]);

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
