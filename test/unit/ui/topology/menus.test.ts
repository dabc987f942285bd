import { expect, test } from 'vitest';
import manifest from '../../../../package.json';

const { menus } = manifest.contributes;

test('a node of the topology has the menu of its row: the same commands, under the same conditions, in the same places', () => {
  const apart = /^(view|webviewId) |^!listMultiSelection$/;
  const plain = (all: { command: string; when: string; group: string }[]) =>
    all.map(({ command, when, group }) =>
      [command, group, ...when.split(' && ').filter((clause) => !apart.test(clause))].join(' '),
    );
  const ofNodes = menus['webview/context'];
  expect(ofNodes.every(({ when }) => when.startsWith('webviewId == sriov.topology && '))).toBe(true);
  const ofRows = menus['view/item/context'].filter(
    ({ when, group, command }) =>
      !group.startsWith('inline') &&
      /(?<!!\()viewItem =~ \/;\(?(pf|vf|ctr|attached|away|kept)\b/.test(when) &&
      command !== 'sriov.topology.open',
  );
  expect(plain(ofNodes).sort()).toEqual([...new Set(plain(ofRows))].sort());
});
