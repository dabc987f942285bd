import { rateProblem } from '../values';
import type { Field, IpVf, Setting } from './attribute';

/** The limits of a VF's sending rate, Mbit/s, 0 = no limit; the kernel takes both together (`IFLA_VF_RATE`). */
export interface Rates {
  min: number;
  max: number;
}

export const rates: Setting<Rates> = {
  name: 'rate limit',
  fresh: { min: 0, max: 0 },
  says: ({ min, max }) =>
    [...(min ? [`at least ${min} Mbit/s`] : []), max ? `at most ${max} Mbit/s` : 'no maximum'].join(', '),
  ipOptions: ({ min, max }) => ['min_tx_rate', `${min}`, 'max_tx_rate', `${max}`],
  shows: ({ min, max }) => `"max_tx":${max},"min_tx":${min}[,}]`,
  brings: ({ min, max }) =>
    [...(min ? [`at least ${min} Mbit/s`] : []), ...(max ? [`at most ${max} Mbit/s`] : [])].join(', '),
};

export const minTxRate: Field<number, 'min-rate'> = {
  ...{ name: 'minimum rate', option: 'min-rate', label: 'Minimum Rate' },
  ...rate('min_tx', 'Guaranteed rate'),
  wanted: (value) => `at least ${value} Mbit/s`,
  refusedBy: ['igb', 'ixgbe', 'i40e'],
};

export const maxTxRate: Field<number, 'max-rate'> = {
  ...{ name: 'maximum rate', option: 'max-rate', label: 'Maximum Rate' },
  ...rate('max_tx', 'Rate limit'),
  wanted: (value) => (value === 0 ? 'no maximum rate' : `at most ${value} Mbit/s`),
};

/** What is now; `null` where the PF tells no maximum. */
export const ratesNow = (vf: { minTxRate?: number | null; maxTxRate?: number | null }): Rates | null =>
  typeof vf.maxTxRate === 'number' ? { min: vf.minTxRate ?? 0, max: vf.maxTxRate } : null;

/** Who asks for one of them keeps the other. */
export const ratesAsked = (
  asked: { minTxRate?: number; maxTxRate?: number },
  now: Rates | null,
): Rates | undefined =>
  asked.minTxRate === undefined && asked.maxTxRate === undefined
    ? undefined
    : { min: asked.minTxRate ?? now?.min ?? 0, max: asked.maxTxRate ?? now?.max ?? 0 };

function rate(key: string, label: string) {
  return {
    ...{ takes: 'MBITS', fresh: 0, is: isNumber },
    read: ({ rate: both }: IpVf): number | null => {
      const value = typeof both === 'object' && both !== null ? (both as IpVf)[key] : undefined;
      return isNumber(value) ? value : null;
    },
    text: String,
    parse: (text: string) => {
      const problem = rateProblem(text);
      return problem === undefined ? { value: Number(text) } : { problem };
    },
    now: (value: number) => (value === 0 ? 'none' : `${value} Mbit/s`),
    prompt: () => 'Mbit/s, or 0 for none.',
    proposed: (now: number | null) => `${now ?? 0}`,
    fact: { label, text: (value: number) => (value === 0 ? null : `${value} Mb/s`) },
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
