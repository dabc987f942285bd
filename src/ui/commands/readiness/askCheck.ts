import { l10n } from 'vscode';
import type { Finding } from '../../../model/finding';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Target } from '../target';

/** The check that a command is about. */
export function askCheck(
  workbench: Workbench,
  target: Target,
  title: string,
  fits: (finding: Finding) => boolean,
): Promise<Finding | undefined> {
  const findings = workbench.host.readiness?.findings ?? [];
  const found = findings.filter((finding) =>
    checksIn(target).some(({ id, about }) => id === finding.id && about === finding.subject),
  );
  return choose(workbench, target, found, {
    title,
    placeholder: l10n.t('Pick a check'),
    none: l10n.t('Run the readiness checks first.'),
    choices: findings.filter(fits).map((finding) => ({
      label: finding.title,
      description: finding.subject,
      detail: finding.explanation,
      value: finding,
    })),
  });
}

function checksIn({ plain, subjects }: Target): { id: string; about: string }[] {
  if (plain.check !== undefined) return [{ id: plain.check, about: plain.about ?? 'host' }];
  return subjects.flatMap((subject) => (subject.kind === 'check' ? [subject] : []));
}
