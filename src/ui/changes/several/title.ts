import { l10n } from 'vscode';
import type { SeveralDraft } from './draft';

/** What stands above the questions: how many are attached, and where, as far as it is chosen. */
export function severalTitle({ vfs, containers }: Pick<SeveralDraft, 'vfs' | 'containers'>): string {
  const [first, ...others] = containers;
  if (others.length > 0) return l10n.t('Attach One VF to Each of {0} Containers', containers.length);
  if (vfs.length < 2)
    return first ? l10n.t('Attach Several VFs to {0}', first.name) : l10n.t('Attach Several VFs');
  return first
    ? l10n.t('Attach {0} VFs to {1}', vfs.length, first.name)
    : l10n.t('Attach {0} VFs', vfs.length);
}
