import { l10n } from 'vscode';

export interface Link {
  /** A row whose context has all of these has the link, in its tooltip; its menu has the command, too. */
  tokens: readonly string[];
  command: string;
  title: string;
}

const detach = { command: 'sriov.vf.detach', title: l10n.t('Detach') };
const move = { command: 'sriov.vf.move', title: l10n.t('Move to Container…') };
const attachTo = { command: 'sriov.container.attachVf', title: l10n.t('Attach VF…') };
const configure = { command: 'sriov.vf.configure', title: l10n.t('Configure VF…') };
const count = { command: 'sriov.counters.show', title: l10n.t('Show Counters') };
const copy = { command: 'sriov.function.copyPciAddress', title: l10n.t('Copy PCI Address') };

/** What the tooltips of rows link to. */
export const links: readonly Link[] = [
  { tokens: ['pf', 'sriov', 'vfs0'], command: 'sriov.pf.createVfs', title: l10n.t('Create VFs…') },
  { tokens: ['pf', 'sriov', 'vfsN'], command: 'sriov.pf.setVfCount', title: l10n.t('Set Number of VFs…') },
  { tokens: ['vf', 'free', 'netdev'], command: 'sriov.vf.attach', title: l10n.t('Attach to Container…') },
  { tokens: ['vf', 'returned'], command: 'sriov.vf.restore', title: l10n.t('Restore') },
  { tokens: ['vf', 'misnamed'], command: 'sriov.vf.giveNameBack', title: l10n.t('Rename Back…') },
  { tokens: ['vf', 'attached'], ...detach },
  { tokens: ['vf', 'attached'], ...move },
  { tokens: ['ctr', 'running', 'netns'], ...attachTo },
  { tokens: ['ctr', 'paused', 'netns'], ...attachTo },
  ...['att', 'whole', 'mvl', 'away', 'carries'].map((token) => ({ tokens: [token], ...detach })),
  { tokens: ['att'], ...move },
  ...['vf', 'att'].map((token) => ({ tokens: [token], ...configure })),
  { tokens: ['kept'], command: 'sriov.vf.stopKeeping', title: l10n.t('Stop Keeping…') },
  { tokens: ['kept'], command: 'sriov.vf.showKeptLog', title: l10n.t('Show Log of Last Runs') },
  ...['pf', 'vf', 'att', 'whole'].flatMap((token) => [
    { tokens: [token], ...count },
    { tokens: [token], ...copy },
  ]),
];

/** Each command once, however many reasons a row has for it. */
export function linksOf(context: string): Link[] {
  const all = links.filter(({ tokens }) => tokens.every((token) => context.includes(`;${token};`)));
  return all.filter((one, index) => all.findIndex(({ command }) => command === one.command) === index);
}
