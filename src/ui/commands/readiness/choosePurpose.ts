import { l10n } from 'vscode';
import type { Purpose } from '../../../model/finding';
import { back, type Choice } from '../../dialogs/dialogs';
import type { Handler } from '../command';
import { runReadiness } from './runReadiness';

/** What the VFs are for decides what is an error; choosing it shows the result for this host. */
export const choosePurpose: Handler = async (workbench, item, items) => {
  const { dialogs, settings, setSetting } = workbench;
  const now = settings().purpose;
  const answer = await dialogs.pick({
    title: l10n.t('Choose Purpose'),
    placeholder: l10n.t('What are the VFs for?'),
    choices: choices.map((one) => ({
      ...one,
      description: one.value === now ? l10n.t('chosen') : undefined,
    })),
  });
  if (answer === undefined || answer === back) return;
  await setSetting('readiness.purpose', answer);
  await runReadiness(workbench, item, items);
};

const choices: Choice<Purpose>[] = [
  {
    label: l10n.t('Containers'),
    detail: l10n.t('Network interfaces in containers. They need no IOMMU.'),
    icon: 'package',
    value: 'netdev',
  },
  {
    label: l10n.t('DPDK'),
    detail: l10n.t('Programs that drive the VF themselves, through vfio. They need the IOMMU.'),
    icon: 'rocket',
    value: 'vfio',
  },
  {
    label: l10n.t('Virtual Machines'),
    detail: l10n.t('VFs that are passed to a guest. They need the IOMMU and interrupt remapping.'),
    icon: 'vm',
    value: 'vm',
  },
];
