import { l10n } from 'vscode';
import * as v from 'valibot';
import { parsePool } from '../../../model/addresses/pool';
import type { HostSnapshot } from '../../../model/snapshot';
import { interfaceNameProblem, mtuProblem, vlanProblem } from '../../../model/values';
import { emptyAnswers, type Answers } from '../answers';
import { addressesBy } from '../several/addresses';

const fitting = <T>(problem: (value: T) => string | undefined) =>
  v.check((value: T) => problem(value) === undefined);

const preset = v.object({
  name: v.optional(v.pipe(v.string(), fitting(interfaceNameProblem))),
  addresses: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => text === 'dhcp' || typeof parsePool(text) !== 'string'),
    ),
  ),
  gateway: v.optional(v.pipe(v.string(), v.ip())),
  vlan: v.optional(
    v.pipe(
      v.number(),
      fitting((id) => (id === 0 ? undefined : vlanProblem(`${id}`))),
    ),
  ),
  trust: v.optional(v.boolean()),
  mtu: v.optional(
    v.pipe(
      v.number(),
      fitting((mtu) => mtuProblem(`${mtu}`)),
    ),
  ),
});

/** What an attachment is to have, by the name that the user gave it. `addresses`: a pool of which the next free one is taken, or `dhcp`. */
export type Preset = v.InferOutput<typeof preset>;

/** The setting `sriov.presets`. One that isn't right is left out; the editor of settings.json says what is wrong with it. */
export const presetsSetting = v.fallback(
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, one]) => {
          const read = v.safeParse(preset, one);
          return read.success && name.trim() !== '' ? [[name, read.output]] : [];
        }),
      ),
    ),
  ),
  {},
) as v.GenericSchema<unknown, Record<string, Preset>>;

/** The answers that a preset gives on a host as it is now; a text is why it can't give any. */
export function answersOf(preset: Preset, snapshot: HostSnapshot): Answers | string {
  const { addresses, gateway } = preset;
  if (addresses === undefined || addresses === 'dhcp') return answersOfSeveral(preset);
  const found = addressesBy(addresses, snapshot, 1, gateway ? [gateway] : []);
  if (typeof found === 'string') return l10n.t('No address of {0} is free.', addresses);
  return { ...answersOfSeveral(preset), addresses: found.flat().join(' ') };
}

/** The answers that a preset gives for several at once: its name is where they count from, and its pool is for all of them. */
export function answersOfSeveral({ name = '', addresses = '', gateway, vlan, trust, mtu }: Preset): Answers {
  return {
    ...emptyAnswers,
    name,
    addresses,
    gateway: addresses === '' || addresses === 'dhcp' ? '' : (gateway ?? ''),
    vlan: vlan === undefined ? '' : `${vlan}`,
    trust: trust === undefined ? '' : trust ? 'on' : 'off',
    mtu: mtu === undefined ? '' : `${mtu}`,
  };
}
