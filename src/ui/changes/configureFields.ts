import { l10n } from 'vscode';
import { factsOf, offered } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import type { About } from '../../model/vfAttributes/attribute';
import {
  askable,
  askableKeys,
  valueNow,
  wantedOf,
  type Asked,
  type AskableKey,
} from '../../model/vfAttributes/table';
import { takenMacProblem } from '../../planning/taken';

/** What is asked for so far. */
export type Wanted = Asked;

/** One thing that can be configured: as the row names it, what it is now, and how it is asked for. */
export interface Field {
  attribute: AskableKey;
  label: string;
  /** Its present value, for people. */
  now: string;
  /** Either a few choices … */
  choices?: { label: string; description?: string; wanted: Wanted }[];
  /** … or a text, with what is wrong with it at every key. */
  text?: {
    prompt: string;
    value: string;
    problem: (text: string) => string | undefined;
    read: (text: string) => Wanted;
  };
}

/** What the adapter's driver takes, with the values of now. */
export function fieldsOf(snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction): Field[] {
  const takenMac = (mac: string) => takenMacProblem(snapshot, mac, vf.pci);
  const about: About = { pf, vf, facts: factsOf(pf.driver), takenMac };
  return offered(pf)
    .filter((key) => key !== 'mtu' || vf.name !== null)
    .filter((key) => askable(key).takenBy === undefined || valueNow(vf, key) !== null)
    .map((key) => fieldOf(key, vf, about));
}

function fieldOf(key: AskableKey, vf: VirtualFunction, about: About): Field {
  const { label, text, now = text, choices, prompt, proposed, parse } = askable(key);
  const value = valueNow(vf, key);
  const read = (typed: string): Wanted => {
    const parsed = parse(typed, about);
    return 'problem' in parsed ? {} : { [key]: parsed.value };
  };
  return {
    ...{ attribute: key, label, now: value === null ? l10n.t('unknown') : now(value) },
    ...(choices
      ? {
          choices: choices(about).map(({ value: wanted, ...row }) => ({ ...row, wanted: { [key]: wanted } })),
        }
      : {
          text: {
            prompt: prompt?.(about) ?? '',
            value: proposed?.(value, about) ?? (value === null ? '' : text(value)),
            problem: (typed: string) => {
              const parsed = parse(typed, about);
              return 'problem' in parsed ? parsed.problem : undefined;
            },
            read,
          },
        }),
  };
}

/** `VLAN 42 · trust on`: what was chosen. */
export const wantedText = (wanted: Wanted): string =>
  askableKeys.flatMap((key) => (wanted[key] === undefined ? [] : [wantedOf(key, wanted[key])])).join(' · ');
