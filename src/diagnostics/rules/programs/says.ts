import { hit, type Hit } from '../../rule';
import { pciIn, type Line } from '../../view/line';
import { surroundings } from '../../view/surroundings';
import type { View } from '../../view/view';

/** What was said, as opposed to typed. */
export const said = (view: View): Line[] => view.said.filter(({ source }) => source !== 'command');

/** Lines that say one of these, each about the function it names or what the pattern calls `about`. */
export const anySays =
  (...patterns: RegExp[]) =>
  (view: View): Hit[] =>
    said(view).flatMap((line) => {
      const found = patterns.map((pattern) => pattern.exec(line.text)).find((match) => match !== null);
      if (!found) return [];
      const about = found.groups?.about;
      return [hit(pciIn(line.text) ?? about, [line], about === undefined ? {} : { says: about })];
    });

/** What speaks of a container; what shows that it was looked at from inside one is known to the surroundings. */
const container =
  /\b(?:docker|podman|nerdctl|crictl|kubectl|lxc|incus)(?:\s+-\S+)*\s+(?:run|exec|logs|compose|start)\b|\bin(?:side)? +(?:the|a|my|this) +(?:\S+ +)?(?:pod|container)\b|\bkubepods\b|\bOCI runtime\b|\bcontainer (?:spec|runtime|process)\b|\bCreateContainerError\b|\brunc\b|\bpod ?sandbox\b|\w@(?:[\w.-]*-)?pod(?:-[\w.-]*)? \S*[#$]|\bkubelet\b|\bvirt-launcher\b|\bcontainerd\b/i;
/** It is about a container, or was seen from inside one. */
export const inContainer = (view: View): boolean =>
  surroundings(view).insideContainer || view.said.some(({ text }) => container.test(text));
