import { eswitchError, modeReached, modeWanted, switchHeld } from '../causes/eswitchError';
import { changeMode, freeSwitch } from '../causes/remedies';
import { weigh } from '../causes/weigh';
import { vfsNow } from './attempts';
import { always, hit, hitsBySubject, said, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

/** The opposite order: these drivers want VFs first. */
const wantsVfsFirst =
  /Enable VFs before|SRIOV legacy not enabled|SR-?IOV (?:is )?not enabled|no VFs (?:are )?enabled/i;
const kernelSays =
  /eswitch mode is allowed only if there (?:is|are) no VFs|(?:can'?t|cannot|unable to) (?:change|switch|set).{0,40}(?:mode|switchdev).{0,40}\bVFs?\b|E-Switch.*(?:slow path FDB|Failed to create).*err/i;
const notOffloaded = /E-Switch: Failed setting eswitch to offloads/i;
const setsMode = /eswitch (?:set|mode)|set\b.{0,40}\bmode switchdev|switchdev/i;

/** Modes that were refused, unless VFs are what the driver wants first. */
function refused(view: View): Hit[] {
  if (modeReached(view)) return [];
  return view.failures
    .filter(
      ({ text, error }) =>
        setsMode.test(text) && /devlink|eswitch|switchdev/.test(text) && !wantsVfsFirst.test(error),
    )
    .filter(
      ({ text, errno }) =>
        errno === 'EBUSY' ||
        (vfsNow(view) ?? 0) > 0 ||
        switchHeld.test(text) ||
        /\bVFs?\b|numvfs|Failed setting eswitch to offloads/i.test(text),
    )
    .flatMap((failure) => {
      const weighed = weigh(eswitchError, view, failure);
      return weighed ? [{ ...hit(failure.pci, failure.evidence), cause: weighed.cause, weighed }] : [];
    });
}

export const switchdev: Family = {
  id: 'adapter.eswitch',
  cause: 'switchdev-needs-zero-vfs',
  fine: 'The eswitch mode can be set',
  looked: () => [],
  rules: [
    {
      id: 'switchdev.refused',
      cause: 'switchdev-needs-zero-vfs',
      severity: always('error'),
      when: (view) => refused(view).map((one) => ({ ...one, values: { MODE: modeWanted(view) } })),
      title: ({ weighed }) => weighed?.title ?? eswitchError.title,
      explain: ({ weighed }) => weighed?.explanation ?? '',
      fixes: ({ weighed }) => weighed?.fixes ?? [],
      past: 'event',
    },
    {
      id: 'switchdev.needs-zero',
      cause: 'switchdev-needs-zero-vfs',
      severity: always('error'),
      when: (view) =>
        modeReached(view)
          ? []
          : [...said(kernelSays)(view), ...((vfsNow(view) ?? 0) > 0 ? said(notOffloaded)(view) : [])]
              .filter((h) => !h.evidence.some((line) => wantsVfsFirst.test(line) || switchHeld.test(line)))
              .map((one) => ({ ...one, values: { MODE: modeWanted(view) } })),
      title: 'The eswitch mode cannot be changed while VFs exist',
      explain:
        "Switching between legacy and switchdev rebuilds the adapter's switch; the driver or its firmware refuses while there are VFs (or VFs bound to their driver).",
      fixes: changeMode,
      past: 'event',
    },
    {
      id: 'switchdev.held',
      cause: 'eswitch-busy',
      severity: always('error'),
      when: (view) =>
        modeReached(view) ? [] : hitsBySubject(view.find(switchHeld).filter(({ driver }) => driver !== null)),
      title: 'The switch of the adapter is in use',
      explain:
        'Its mode cannot change while tc rules, a bridge, a bond or an offload hold it, or while another change is running.',
      fixes: freeSwitch,
      past: 'event',
    },
  ],
};
