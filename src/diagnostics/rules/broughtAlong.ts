import { Plain } from '../../model/plain';
import { command } from '../command';
import { always, fix, hit, type Family } from '../rule';
import type { View } from '../view/view';

const free = (view: View) =>
  (view.live?.isRoot ? (view.live.holders ?? []) : []).filter(({ kind }) => kind === 'host');

/** What an adapter still enforces for VFs that nobody has: the next one to get such a VF gets that, too. */
export const broughtAlong: Family = {
  id: 'vf.free',
  cause: 'other',
  fine: 'No free VF brings along a VLAN or another setting',
  looked: (view) => free(view).map(({ vf, kind }) => `${vf}: ${kind}`),
  rules: [
    {
      id: 'vf.brings-along',
      cause: 'other',
      severity: always('info'),
      when: (view) =>
        free(view).flatMap(({ vf, brings = [], clear = [] }) =>
          brings.length === 0
            ? []
            : [
                hit(vf, [`${vf}: ${brings.join(', ')}`], {
                  says: clear.join(' '),
                  words: { INDEX: indexOf(view, vf) },
                }),
              ],
        ),
      title: 'A VF that nobody has is not as new: its adapter enforces something for it',
      explain:
        'Somebody set it before, and whoever gets the VF next gets it, too: a VLAN is the network of the one before. Where that is not meant, take it off.',
      fixes: ({ says }) => {
        const options = Plain.of(says ?? '');
        return options
          ? [
              fix('command', 'Make the VF as new', {
                commands: [command`ip link set dev ${'PF'} vf ${'INDEX'} ${options}`],
              }),
            ]
          : [];
      },
    },
  ],
};

/** Which VF of its PF it is. */
const indexOf = ({ live }: View, vf: string): string | undefined => {
  const [index] = (live?.pfs ?? [])
    .map(({ vfs }) => vfs.findIndex(({ pci }) => pci === vf))
    .filter((at) => at >= 0);
  return index === undefined ? undefined : `${index}`;
};
