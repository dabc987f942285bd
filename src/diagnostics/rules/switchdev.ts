import { command } from '../command';
import { vfsNow } from './attempts';
import { always, fix, hit, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

/** The opposite order: these drivers want VFs first. */
const wantsVfsFirst =
  /Enable VFs before|SRIOV legacy not enabled|SR-?IOV (?:is )?not enabled|no VFs (?:are )?enabled/i;
const kernelSays =
  /eswitch mode is allowed only if there (?:is|are) no VFs|(?:can'?t|cannot|unable to) (?:change|switch|set).{0,40}(?:mode|switchdev).{0,40}\bVFs?\b|E-Switch.*(?:slow path FDB|Failed to create).*err/i;
const setsMode = /eswitch (?:set|mode)|set\b.{0,40}\bmode switchdev|switchdev/i;

const refused = (view: View): Hit[] =>
  view.failures
    .filter(
      ({ text, error }) =>
        setsMode.test(text) && /devlink|eswitch|switchdev/.test(text) && !wantsVfsFirst.test(error),
    )
    .filter(
      ({ text, errno }) =>
        errno === 'EBUSY' ||
        (vfsNow(view) ?? 0) > 0 ||
        /\bVFs?\b|numvfs/i.test(text) ||
        /Failed setting eswitch to offloads/i.test(text),
    )
    .map((f) => hit(f.pci, f.evidence));

export const switchdev: Family = {
  id: 'adapter.eswitch',
  cause: 'switchdev-needs-zero-vfs',
  fine: 'The eswitch mode can be set',
  looked: () => [],
  rules: [
    {
      id: 'switchdev.needs-zero',
      cause: 'switchdev-needs-zero-vfs',
      severity: always('error'),
      when: (view) => [
        ...said(kernelSays)(view).filter((h) => !h.evidence.some((line) => wantsVfsFirst.test(line))),
        ...refused(view),
      ],
      title: 'The eswitch mode cannot be changed while VFs exist',
      explain:
        "Switching between legacy and switchdev rebuilds the adapter's switch; the driver or its firmware refuses while there are VFs (or VFs bound to their driver).",
      fixes: [
        fix('command', 'Remove the VFs, change the mode, create the VFs again', {
          commands: [
            command`echo 0 > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
            command`devlink dev eswitch set pci/${'PCI'} mode switchdev`,
            command`echo ${'COUNT'} > /sys/bus/pci/devices/${'PCI'}/sriov_numvfs`,
          ],
          risk: 'This removes all VFs of the adapter.',
        }),
      ],
      past: 'event',
    },
  ],
};
