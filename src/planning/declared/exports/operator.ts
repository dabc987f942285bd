import type { NicSelector } from '../../../model/declared/declared';
import { yamlBlock } from '../../../model/declared/yamlText';
import { unsaid, type AGroup, type AnAdapter, type Exportable } from './exportable';
import type { Exported, ExportedFile, Unsaid } from './exported';
import { inName } from './sayable';

/**
 * What the SR-IOV Network Operator accepts: its CRDs (`config/crd/bases` of v1.6.0) and its webhook (`pkg/webhook/validate.go`), which
 * takes no policy for 0 VFs, no two policies with the same root device, and a range only behind a name.
 */
export const accepts = {
  required: ['resourceName', 'nodeSelector', 'nicSelector', 'numVfs'],
  resourceName: /^[a-zA-Z0-9_]+$/,
  pfName: /^[^#]+(#\d+-\d+)?$/,
  words: {
    deviceType: ['netdevice', 'vfio-pci'],
    eSwitchMode: ['legacy', 'switchdev'],
    vlanProto: ['802.1q', '802.1ad'],
    ...{ spoofChk: ['on', 'off'], trust: ['on', 'off'], linkState: ['auto', 'enable', 'disable'] },
  },
  numbers: [
    { key: 'numVfs', least: 1, most: Infinity },
    { key: 'mtu', least: 1, most: Infinity },
    { key: 'vlan', least: 0, most: 4096 },
    { key: 'vlanQoS', least: 0, most: 7 },
  ],
};

const namespace = 'sriov-network-operator';

/** A policy and a network for each group of VFs. */
export function operator({ host, adapters, attachments, unsaid: before }: Exportable): Exported {
  const said = adapters.map((adapter) => ofAdapter(host, adapter));
  const objects = said.flatMap((one) => one.objects);
  const file: ExportedFile = { name: 'sriov-operator.yaml', text: objects.map(yamlBlock).join('\n---\n') };
  return {
    files: objects.length > 0 ? [file] : [],
    unsaid: [
      ...before,
      ...said.flatMap((one) => one.unsaid),
      ...attachments.map(({ path, about, label }) =>
        unsaid(
          path,
          about,
          'A pod asks for its interfaces itself, by the annotation k8s.v1.cni.cncf.io/networks, and gets any free VF of a network.',
          label,
        ),
      ),
    ],
  };
}

interface Said {
  objects: object[];
  unsaid: Unsaid[];
}

function ofAdapter(host: string | undefined, adapter: AnAdapter): Said {
  const { path, label, about, groups } = adapter;
  const { numVfs, vfGroups = [] } = about;
  if (numVfs === 0)
    return {
      objects: [],
      unsaid: [unsaid(path, about, 'A policy is for 1 VF or more; without one, there are none.', label)],
    };
  const last = Math.max(-1, ...groups.map(({ to }) => to));
  const count = numVfs ?? last + 1;
  if (count === 0)
    return { objects: [], unsaid: [unsaid(path, about, 'A policy needs the number of VFs.', label)] };
  const all = vfGroups.length > 0 ? groups : [wholeOf(adapter, count)];
  const isSplit = all.some(({ from, to }) => from > 0 || to < count - 1);
  if (isSplit && adapter.name === undefined)
    return {
      objects: [],
      unsaid: [
        unsaid(
          path,
          about,
          'A policy for some of the VFs needs the name of the adapter; add pfNames, or export it for a host.',
          label,
        ),
      ],
    };
  return {
    objects: all.flatMap((group) => ofGroup(host, adapter, group, { count, isSplit })),
    unsaid: [...(isSplit ? besidesName(adapter) : []), ...all.flatMap((group) => otherName(adapter, group))],
  };
}

/** Where nothing is said of its VFs, they are one group. */
const wholeOf = ({ path, label }: AnAdapter, count: number): AGroup => ({
  ...{ path, label, from: 0, to: count - 1 },
  about: { vfRange: `0-${count - 1}` },
});

function ofGroup(
  host: string | undefined,
  adapter: AnAdapter,
  group: AGroup,
  { count, isSplit }: { count: number; isSplit: boolean },
): object[] {
  const { about, from, to } = group;
  const name = `sriov-${inName(adapter.label)}-${from}-${to}`;
  const resourceName = resourceOf(adapter, group);
  const { vlan, vlanQoS, vlanProto, spoofChk, trust, linkState, minTxRate, maxTxRate } = about;
  return [
    object('SriovNetworkNodePolicy', name, {
      resourceName,
      nodeSelector: host === undefined ? {} : { 'kubernetes.io/hostname': host },
      nicSelector: isSplit
        ? { pfNames: [`${adapter.name}#${from}-${to}`] }
        : selectorOf(adapter.about.nicSelector, adapter),
      numVfs: count,
      externallyManaged: adapter.about.numVfs === undefined ? true : undefined,
      ...{ deviceType: about.deviceType, mtu: about.mtu, eSwitchMode: adapter.about.eSwitchMode },
    }),
    object('SriovNetwork', name, {
      ...{ resourceName, vlan, vlanQoS, vlanProto },
      ...{ spoofChk: onOff(spoofChk), trust: onOff(trust), linkState, minTxRate, maxTxRate },
    }),
  ];
}

/** As in the file, but one adapter each. */
const selectorOf = ({ vendor, deviceID, pfNames }: NicSelector, { pci, name }: AnAdapter): NicSelector => ({
  ...{ vendor: plainId(vendor), deviceID: plainId(deviceID) },
  rootDevices: pci === undefined ? undefined : [pci],
  pfNames: pfNames === undefined || name === undefined ? pfNames : [name],
});

/** As `lspci -n` shows it. */
const plainId = (id: string | undefined): string | undefined => id?.toLowerCase().replace(/^0x/, '');

const besidesName = ({ path, label, about: { nicSelector } }: AnAdapter): Unsaid[] =>
  (Object.keys(nicSelector) as (keyof NicSelector)[])
    .filter((key) => key !== 'pfNames')
    .map((key) =>
      unsaid(
        `${path}.nicSelector.${key}`,
        nicSelector[key],
        'A policy for some of the VFs finds the adapter by its name alone.',
        `${label}, ${key}`,
      ),
    );

function otherName(adapter: AnAdapter, group: AGroup): Unsaid[] {
  const { resourceName } = group.about;
  const there = resourceOf(adapter, group);
  return resourceName === undefined || resourceName === there
    ? []
    : [
        unsaid(
          `${group.path}.resourceName`,
          resourceName,
          `The operator takes letters, digits and _ only; it is ${there} there.`,
          `${group.label}, resourceName`,
        ),
      ];
}

const resourceOf = ({ label }: AnAdapter, { about: { resourceName }, from, to }: AGroup): string =>
  resourceName !== undefined && accepts.resourceName.test(resourceName)
    ? resourceName
    : `${inName(label).replaceAll('-', '_')}_${from}_${to}`;

const object = (kind: string, name: string, spec: object): object => ({
  apiVersion: 'sriovnetwork.openshift.io/v1',
  kind,
  metadata: { name, namespace },
  spec,
});

const onOff = (value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : value ? 'on' : 'off';
