import { hit, type Hit } from '../rule';
import { saysAbsent, saysEmpty } from '../view/facts';
import { pciIn } from '../view/line';
import type { View } from '../view/view';

/** A VF by its name, by the link to its PF, or by the way it is reached. */
const isVf = (view: View, key: string): boolean => {
  const pci = pciIn(key);
  return (
    /virtfn\d/.test(key) ||
    view.devices.some((device) => device.pci === pci && device.isVf) ||
    view.facts.some(
      (fact) => pci !== null && fact.key.includes(pci) && /physfn$/.test(fact.key) && !saysAbsent(fact.value),
    )
  );
};

/** Functions of which a fact says that their `driver` link isn't there. */
export const functionsWithoutDriver = (view: View, vf: boolean): Hit[] =>
  view
    .factsOf(/\/driver\/?$/)
    .filter(
      ({ key, value }) =>
        (saysAbsent(value) || saysEmpty(value)) && pciOrFunction(key) && isVf(view, key) === vf,
    )
    .map(({ key, line }) => hit(pciIn(key), [line]));
const pciOrFunction = (key: string): boolean => pciIn(key) !== null || /virtfn\d|\/device\/driver/.test(key);

/** VFs of which facts say that they have a kernel driver and no network device. */
export const vfsWithoutNetdev = (view: View): Hit[] =>
  view
    .factsOf(/\/net\/?$/)
    .filter(({ key, value }) => (saysAbsent(value) || saysEmpty(value)) && /virtfn\d|devices\//.test(key))
    .filter(({ key }) =>
      view.facts.some(
        (other) =>
          other.key === key.replace(/net\/?$/, 'driver') &&
          /vf\b|iavf|mlx5_core/.test(other.value) &&
          !/vfio/.test(other.value),
      ),
    )
    .map(({ key, line }) => hit(pciIn(key), [line]));
