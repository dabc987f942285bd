import type { Attribute, Parsed } from './attribute';

const example = '02:11:22:33:44:55:66:77';
const noGuid = '00:00:00:00:00:00:00:00';

/** As `ip` takes and prints it; sysfs and the subnet manager write 0211:2233:4455:6677 and 0x0211223344556677. */
const spellings = [
  /^[0-9a-f]{2}(:[0-9a-f]{2}){7}$/i,
  /^[0-9a-f]{4}(:[0-9a-f]{4}){3}$/i,
  /^(0x)?[0-9a-f]{16}$/i,
];

/**
 * The GUIDs of a VF of an InfiniBand port. The kernel tells them (`ndo_get_vf_guid`) and takes them (`ndo_set_vf_guid`) where the
 * PF's network device is an IPoIB one; iproute2 5.5 and newer prints them, under names with a space.
 */
export const nodeGuid = guid('node', 'node-guid');
export const portGuid = guid('port', 'port-guid');

function guid<Option extends string>(which: 'node' | 'port', option: Option): Attribute<string, Option> {
  const name = `${which} GUID`;
  const label = `${which === 'node' ? 'Node' : 'Port'} GUID`;
  return {
    ...{ name, option, takes: 'EUI64', fresh: noGuid, label, is: isGuid },
    read: (vf) => {
      const value = vf[`${which} guid`];
      return isGuid(value) ? normal(value) : null;
    },
    says: (value) => value,
    ipOptions: (value) => [`${which}_guid`, value],
    shows: (value) => `"${which} guid":"${value}"`,
    brings: (value) => `${name} ${value}`,
    text: (value) => value,
    normal,
    problem,
    parse: (text): Parsed<string> => {
      const wrong = problem(text);
      return wrong === undefined ? { value: normal(text) } : { problem: wrong };
    },
    prompt: () => `Eight bytes, such as ${example}; ${noGuid} is none.`,
    fact: { label, text: (value) => (value === noGuid ? null : value) },
    takenBy: ['mlx5_core'],
    untold: 'Only VFs of an InfiniBand port have one, and iproute2 5.5 or newer shows it.',
  };
}

function isGuid(value: unknown): value is string {
  return typeof value === 'string' && problem(value) === undefined;
}

function problem(text: string): string | undefined {
  return spellings.some((spelling) => spelling.test(text))
    ? undefined
    : `"${text}" is not a GUID of eight bytes, such as ${example}.`;
}

function normal(text: string): string {
  return isGuid(text)
    ? text
        .toLowerCase()
        .replace(/^0x|:/g, '')
        .replace(/..(?!$)/g, '$&:')
    : text;
}
