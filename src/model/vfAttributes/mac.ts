import { adminMacProblem, normalMac, noMac } from '../values';
import type { About, Field } from './attribute';

/**
 * The MAC that the PF enforces. It is no plain setting: it has verbs of its own (`enforce_mac`, `free_mac`), since the VF has
 * to take it on its own side, and a PF shows the VF's own MAC as soon as the VF is up.
 */
export const adminMac: Field<string, 'mac'> = {
  ...{ name: 'MAC that the PF enforces', option: 'mac', takes: 'MAC', fresh: noMac },
  read: ({ address, mac }) => [address, mac].find((said) => typeof said === 'string') ?? null,
  is: (value) => typeof value === 'string',
  text: (mac) => mac,
  normal: normalMac,
  problem,
  parse: (text, about) => {
    const wrong = problem(text, about);
    return wrong === undefined ? { value: normalMac(text) } : { problem: wrong };
  },
  label: 'Enforced MAC',
  prompt: () => `The MAC that the adapter enforces; ${noMac} lets the VF choose its own.`,
  proposed: (now, { vf }) => (now && now !== noMac ? now : (vf?.mac ?? '')),
  wanted: (mac) => (mac === noMac ? 'no enforced MAC' : `MAC ${mac}`),
  listed: (mac, vf) => (mac === noMac || mac === vf.mac ? null : `enforced mac ${mac}`),
  fact: { label: 'MAC set by the adapter', text: (mac) => (/^[0:]+$/.test(mac) ? null : mac) },
};

function problem(mac: string, { takenMac }: About): string | undefined {
  return adminMacProblem(mac) ?? takenMac?.(mac);
}
