import { pciIn } from './line';
import { once } from './once';
import type { View } from './view';

/** A physical function, as far as the evidence tells of it. */
export interface Adapter {
  pci: string | null;
  name: string | null;
}

/** What a finding is about: an adapter, and which of its VFs when it is about one. */
export interface About {
  adapter?: Adapter;
  vf?: string;
}

/** What the subject of a finding is: the one it names, or, for the host, the only adapter there is. */
export function about(view: View, subject: string): About {
  const all = adapters(view);
  const named = all.find(({ pci, name }) => pci === subject || name === subject);
  if (named) return { adapter: named };
  if (subject === 'host') return all.length === 1 ? { adapter: all[0] } : {};
  const owner = view.live?.pfs.find(({ vfs }) => vfs.some(({ pci }) => pci === subject));
  if (owner) return { adapter: owner, vf: subject };
  if (pciIn(subject) !== subject) return {};
  return isVf(view, subject)
    ? { vf: subject }
    : { adapter: { pci: subject, name: names(view).get(subject) ?? null } };
}

/** The adapters that make VFs: those of the live host, or those that a log shows as such. */
const adapters = once((view: View): Adapter[] => {
  if (view.live) return view.live.pfs;
  const known = names(view);
  const pcis = new Set([
    ...view.devices.flatMap((device) => (device.sriov && !device.isVf ? [device.pci] : [])),
    ...view.vfCountFailures.flatMap(({ pci }) => pci ?? []),
    ...view.factsOf(/\/sriov_(?:total|num)vfs$/).flatMap(({ key }) => pciIn(key) ?? []),
  ]);
  const interfaces = new Set([
    ...view.interfaces.flatMap(({ name, vfLines }) => (vfLines.length > 0 ? [name] : [])),
    ...view.vfCountFailures.flatMap(({ iface }) => iface ?? []),
    ...view.facts.flatMap(({ key }) => /\/net\/([^/]+)\/device\/sriov_/.exec(key)?.[1] ?? []),
  ]);
  const byAddress = [...pcis].map((pci) => ({ pci, name: known.get(pci) ?? null }));
  const named = new Set(byAddress.map(({ name }) => name));
  const first = new Map([...known].reverse().map(([pci, name]) => [name, pci]));
  const byName = [...interfaces]
    .filter((name) => !named.has(name))
    .map((name) => ({ pci: first.get(name) ?? null, name }));
  return [...byAddress, ...byName];
});

/** `ethtool -i enp1s0` and the `bus-info` that it answers, in their order; none when one of both is missing. */
function byEthtool({ evidence, said }: View): [string, string][] {
  const asked = evidence.commands.flatMap(
    ({ command }) => /^(?:sudo )?ethtool -i (\S+)$/.exec(command.trim())?.[1] ?? [],
  );
  const buses = said.flatMap(({ text, pci }) => (pci !== null && text.startsWith('bus-info: ') ? [pci] : []));
  return asked.length === buses.length ? buses.map((pci, at) => [pci, asked[at] ?? '']) : [];
}

/** PCI address → interface, by what drivers say first of all (`igb 0000:01:00.0 enp1s0: …`), by links of sysfs and by ethtool. */
const names = once(
  (view: View): Map<string, string> =>
    new Map([
      ...byEthtool(view),
      ...view.facts.flatMap(({ key, value }) => {
        const name = /\/net\/([^/]+)\/device$/.exec(key)?.[1];
        const pci = pciIn(value);
        return name && pci ? [[pci, name] as const] : [];
      }),
      ...view.said.flatMap(({ text, pci }) => {
        const name = /^[\w-]+ [0-9a-f:]+\.[0-7] ([^\s:]+): /i.exec(text)?.[1];
        return name && pci ? [[pci, name] as const] : [];
      }),
    ]),
);

export const isVf = (view: View, pci: string): boolean =>
  vfs(view).has(pci) || physfns(view).some((key) => key.includes(pci));

const vfs = once(
  ({ devices, facts, said }: View) =>
    new Set([
      ...devices.flatMap(({ isVf: vf, pci }) => (vf ? [pci] : [])),
      ...facts.flatMap(({ key, value }) => (/\/(?:virtfn\d+)?$/.test(key) ? (pciIn(value) ?? []) : [])),
      ...said.flatMap(({ pci, driver }) => (pci !== null && /^iavf$|vf$/.test(driver ?? '') ? [pci] : [])),
      ...said.flatMap(({ pci, message }) =>
        message === 'Running in SR-IOV PF mode' && pci ? functionsOf(pci) : [],
      ),
    ]),
);
/** Intel's graphics has one physical function, and its VFs in the same slot. */
const functionsOf = (pci: string): string[] =>
  [1, 2, 3, 4, 5, 6, 7].map((one) => `${pci.slice(0, -1)}${one}`);
const physfns = once(({ facts }: View) => facts.flatMap(({ key }) => (key.endsWith('/physfn') ? [key] : [])));
