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
  fine: 'No free VF has leftover settings',
  // One that has some is told as information, which would leave the question answered both ways.
  looked: (view) =>
    free(view).some(({ brings = [] }) => brings.length > 0)
      ? []
      : free(view).map(({ vf, kind }) => `${vf}: ${kind}`),
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
                  values: { INDEX: indexOf(view, vf) },
                }),
              ],
        ),
      title: 'A free VF has leftover settings that its adapter enforces',
      explain:
        'They are from an earlier use, and the next user of the VF gets them too: a leftover VLAN puts it into the network of the previous one. Reset them unless they are intended.',
      fixes: ({ says }) => {
        const options = Plain.of(says ?? '');
        return options
          ? [
              fix('command', 'Reset the settings of the VF', {
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
