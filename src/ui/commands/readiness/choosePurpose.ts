import type { Purpose } from '../../../model/finding';
import { back, type Choice } from '../../dialogs/dialogs';
import type { Handler } from '../command';
import { runReadiness } from './runReadiness';

/** What the VFs are for decides what is an error; choosing it shows the result for this host. */
export const choosePurpose: Handler = async (workbench, item, items) => {
  const { dialogs, settings, setSetting } = workbench;
  const now = settings().purpose;
  const answer = await dialogs.pick({
    title: 'Choose Purpose',
    placeholder: 'What are the VFs for?',
    choices: choices.map((one) => ({ ...one, description: one.value === now ? 'chosen' : undefined })),
  });
  if (answer === undefined || answer === back) return;
  await setSetting('readiness.purpose', answer);
  await runReadiness(workbench, item, items);
};

const choices: Choice<Purpose>[] = [
  {
    label: 'Containers',
    detail: 'Network interfaces in containers. They need no IOMMU.',
    icon: 'package',
    value: 'netdev',
  },
  {
    label: 'DPDK',
    detail: 'Programs that drive the VF themselves, through vfio. They need the IOMMU.',
    icon: 'rocket',
    value: 'vfio',
  },
  {
    label: 'Virtual Machines',
    detail: 'VFs that are passed to a guest. They need the IOMMU and interrupt remapping.',
    icon: 'vm',
    value: 'vm',
  },
];
