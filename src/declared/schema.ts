import * as v from 'valibot';
import { isIP } from '../model/addresses/ip';
import { engineNames } from '../model/container';
import { parseMeant } from '../model/lasting/kept';
import { macvlanModes } from '../model/macvlan';
import { attachModes } from '../model/request';
import { addressesProblem, cidrProblem, interfaceNameProblem, macProblem, mtuProblem } from '../model/values';
import { attachmentProblems, groupProblems } from './groups';

/** The file `sriov.yaml`, in the spelling of the SR-IOV Network Operator. What each key means is in docs/declared.md. */

const judged = <T>(problem: (value: T) => string | undefined) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    const message = dataset.typed ? problem(dataset.value) : undefined;
    if (message !== undefined) addIssue({ message });
  });
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** YAML 1.1 readers turn these words into booleans. */
const onOff = v.pipe(
  v.union([v.boolean(), v.picklist(['on', 'off'])]),
  v.transform((value) => value === true || value === 'on'),
);
const pci = v.pipe(
  v.string(),
  v.regex(/^[0-9a-fA-F]{4,}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7]$/),
  v.transform((text) => text.toLowerCase()),
);
const hex = v.pipe(v.string(), v.regex(/^(0x)?[0-9a-fA-F]{4}$/));
const rate = whole(0, 9_999_999);
const ip = v.pipe(
  v.string(),
  judged((text) => (isIP(text) ? undefined : `"${text}" is not an IP address.`)),
);
const interfaceName = v.pipe(
  v.string(),
  judged((name) => interfaceNameProblem(name)),
);
const mtu = v.pipe(
  v.number(),
  judged((bytes) => mtuProblem(`${bytes}`)),
);

const nicSelector = v.pipe(
  v.strictObject({
    rootDevices: v.optional(v.pipe(v.array(pci), v.minLength(1))),
    pfNames: v.optional(v.pipe(v.array(interfaceName), v.minLength(1))),
    vendor: v.optional(hex),
    deviceID: v.optional(hex),
  }),
  judged((selector) =>
    Object.keys(selector).length === 0
      ? 'Name an adapter: rootDevices, pfNames, vendor or deviceID.'
      : undefined,
  ),
);

const vfGroup = v.pipe(
  v.strictObject({
    vfRange: v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^\d{1,4}(-\d{1,4})?$/)),
    resourceName: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,63}$/))),
    deviceType: v.optional(v.picklist(['netdevice', 'vfio-pci'])),
    mtu: v.optional(mtu),
    vlan: v.optional(whole(0, 4094)),
    vlanQoS: v.optional(whole(0, 7)),
    vlanProto: v.optional(v.picklist(['802.1q', '802.1ad'])),
    spoofChk: v.optional(onOff),
    trust: v.optional(onOff),
    linkState: v.optional(v.picklist(['auto', 'enable', 'disable'])),
    minTxRate: v.optional(rate),
    maxTxRate: v.optional(rate),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed) groupProblems(dataset.value).forEach((message) => addIssue({ message }));
  }),
);

const adapter = v.strictObject({
  nicSelector,
  numVfs: v.optional(whole(0, 4096)),
  eSwitchMode: v.optional(v.picklist(['legacy', 'switchdev'])),
  vfGroups: v.optional(v.array(vfGroup)),
});

const route = v.pipe(
  v.strictObject({
    destination: v.pipe(v.string(), judged(cidrProblem)),
    gateway: v.optional(ip),
  }),
  judged(({ destination, gateway }) =>
    gateway !== undefined && gateway.includes(':') !== destination.includes(':')
      ? `${destination} and ${gateway} are of different address families.`
      : undefined,
  ),
);

const container = v.pipe(
  v.strictObject({
    engine: v.optional(v.picklist(engineNames)),
    name: v.optional(v.pipe(v.string(), v.minLength(1))),
    compose: v.optional(v.strictObject({ project: v.string(), service: v.string() })),
    label: v.optional(v.string()),
  }),
  judged(({ name, compose, label }) =>
    [name, compose, label].filter((one) => one !== undefined).length === 1
      ? undefined
      : 'Name the container in one way: name, compose or label.',
  ),
  judged(({ label }) => {
    const meant = label === undefined ? undefined : parseMeant(label);
    return meant === undefined || (typeof meant !== 'string' && 'labels' in meant) ? undefined : `"${label}" is not KEY=VALUE.`; // prettier-ignore
  }),
);

const attachment = v.pipe(
  v.strictObject({
    container,
    vf: v.union([v.pipe(v.string(), v.minLength(1)), v.strictObject({ resourceName: v.string() })]),
    mode: v.optional(v.picklist(attachModes)),
    macvlanMode: v.optional(v.picklist(macvlanModes)),
    interface: v.optional(
      v.strictObject({
        name: v.optional(interfaceName),
        addresses: v.optional(
          v.pipe(
            v.array(v.string()),
            judged((all: string[]) => addressesProblem(all)),
          ),
        ),
        mtu: v.optional(mtu),
        hardwareAddr: v.optional(v.pipe(v.string(), judged(macProblem))),
      }),
    ),
    routes: v.optional(v.array(route)),
    dhcp: v.optional(v.boolean()),
    lasting: v.optional(v.boolean()),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed) attachmentProblems(dataset.value).forEach((message) => addIssue({ message }));
  }),
);

export const schema = v.strictObject({
  version: v.literal(1),
  host: v.optional(v.string()),
  onHolders: v.optional(v.picklist(['detach'])),
  adapters: v.optional(v.array(adapter)),
  attachments: v.optional(v.array(attachment)),
});
