import { bootUnit, vfsText, type Made } from '../../model/lasting/made';
import type { HostSnapshot } from '../../model/snapshot';
import { askableKeys, wantedOf } from '../../model/vfAttributes/table';
import { stateOfMade, type MadeState } from '../../planning/made/stateOfMade';
import { styled, type Line, type Style, type View } from './styled';

const styles: Record<MadeState['state'], Style> = { made: 'good', differs: 'quiet', failed: 'bad' };

/** VFs that are created after each boot, as a row of what lasts. */
export const madeCells = (snapshot: HostSnapshot, made: Made, view: View) => [
  made.intent.id,
  made.intent.pfName,
  `${vfsText(made.intent.count)} after each boot`,
  standing(snapshot, made),
  made.result ? view.when(made.result.at) : '-',
];

/** One of them with all that is known. */
export function madeDetails(snapshot: HostSnapshot, made: Made, view: View): Line[] {
  const { id, pf, pfName, count, autoprobe, vfs } = made.intent;
  const file = `/etc/sriov-workbench/adapters.d/${id}`;
  return [
    [styled('heading', id)],
    [
      `  ${vfsText(count)} of ${pfName} (${pf}) after each boot${autoprobe === false ? ', without drivers' : ''}`,
    ],
    ['  ', standing(snapshot, made)],
    ...vfs.map(({ index, settings }): Line => [
      `  VF ${index}: ${askableKeys
        .filter((key) => settings[key] !== undefined)
        .map((key) => wantedOf(key, settings[key]))
        .join(', ')}`,
    ]),
    [`  by the boot: ${bootUnit(id)}, ${made.enabled ? 'enabled' : 'not enabled'}`],
    [
      `  last run: ${made.result ? `${view.when(made.result.at)}, ${made.result.state}${made.result.why && `: ${made.result.why}`}` : 'none since this boot, or only root knows'}`,
    ],
    [`  files: ${file}.json, ${file}.sh`],
  ];
}

const standing = (snapshot: HostSnapshot, made: Made) => {
  const { state, why } = stateOfMade(snapshot, made);
  return styled(styles[state], [...(state === 'differs' ? [] : [state]), why].filter(Boolean).join(': '));
};
