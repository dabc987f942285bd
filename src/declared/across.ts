import {
  containerText,
  rangeOf,
  type Declared,
  type DeclaredAttachment,
  type Path,
} from '../model/declared/declared';
import { sameAddress } from '../model/addresses/ip';

interface Remark {
  path: Path;
  text: string;
}

/** Duplicates, and references to things that don't exist. */
export const doubles = (declared: Declared): Remark[] => [
  ...ranges(declared),
  ...names(declared),
  ...functions(declared),
  ...addresses(declared),
  ...devices(declared),
];

/** A VF in two groups, or beyond the number of VFs. */
function ranges({ adapters = [] }: Declared): Remark[] {
  return adapters.flatMap(({ numVfs, vfGroups = [] }, at) => {
    const sorted = vfGroups
      .map(({ vfRange }, index) => ({ ...rangeOf(vfRange), index }))
      .sort((a, b) => a.from - b.from || a.index - b.index);
    return sorted.flatMap(({ from, to, index }, place): Remark[] => {
      const path = ['adapters', at, 'vfGroups', index, 'vfRange'];
      const before = Math.max(-1, ...sorted.slice(0, place).map((one) => one.to));
      return [
        ...(from <= before ? [{ path, text: `VF ${from} is in two groups.` }] : []),
        ...(numVfs !== undefined && to >= numVfs
          ? [{ path, text: `There is no VF ${to}: numVfs is ${numVfs}, so the last one is ${numVfs - 1}.` }]
          : []),
      ];
    });
  });
}

/** A duplicate group, and a group that doesn't exist. */
function names({ adapters = [], attachments = [] }: Declared): Remark[] {
  const seen = new Set<string>();
  const twice = adapters.flatMap(({ vfGroups = [] }, at) =>
    vfGroups.flatMap(({ resourceName }, index): Remark[] => {
      if (resourceName === undefined) return [];
      const known = seen.has(resourceName);
      seen.add(resourceName);
      return known
        ? [
            {
              path: ['adapters', at, 'vfGroups', index, 'resourceName'],
              text: `There are two groups "${resourceName}".`,
            },
          ]
        : [];
    }),
  );
  const unknown = attachments.flatMap(({ vf }, at): Remark[] =>
    typeof vf === 'string' || seen.has(vf.resourceName)
      ? []
      : [
          {
            path: ['attachments', at, 'vf', 'resourceName'],
            text: `There is no group "${vf.resourceName}" in this file.`,
          },
        ],
  );
  return [...twice, ...unknown];
}

/** One VF attached twice. */
const functions = ({ attachments = [] }: Declared): Remark[] =>
  repeated(
    attachments,
    ({ vf, mode }) => (typeof vf === 'string' && mode !== 'macvlan' ? [vf.toLowerCase()] : []),
    (a, b) => a === b,
  ).map(({ at, value }) => ({ path: ['attachments', at, 'vf'], text: `${value} is attached twice.` }));

const addresses = ({ attachments = [] }: Declared): Remark[] =>
  repeated(attachments, (one) => one.interface?.addresses ?? [], sameAddress).map(({ at, index, value }) => ({
    path: ['attachments', at, 'interface', 'addresses', index],
    text: `${value} is given twice.`,
  }));

/** One name for two interfaces of a container. */
const devices = ({ attachments = [] }: Declared): Remark[] =>
  repeated(
    attachments,
    ({ container, interface: inside }) =>
      inside?.name === undefined
        ? []
        : [`${container.engine ?? ''} ${containerText(container)} ${inside.name}`],
    (a, b) => a === b,
  ).map(({ at }) => ({
    path: ['attachments', at, 'interface', 'name'],
    text: 'This container has two interfaces of that name.',
  }));

function repeated(
  attachments: DeclaredAttachment[],
  valuesOf: (one: DeclaredAttachment) => string[],
  same: (a: string, b: string) => boolean,
) {
  const all = attachments.flatMap((one, at) => valuesOf(one).map((value, index) => ({ at, index, value })));
  return all.filter(({ value }, place) => all.slice(0, place).some((other) => same(other.value, value)));
}

/** What is allowed, but may not be what was intended. */
export const remarks = ({ adapters = [] }: Declared): Remark[] =>
  adapters.flatMap(({ nicSelector }, at) =>
    nicSelector.pfNames && !nicSelector.rootDevices
      ? [
          {
            path: ['adapters', at, 'nicSelector', 'pfNames'],
            text: 'The name of an adapter can change; its PCI address (rootDevices) cannot.',
          },
        ]
      : [],
  );
