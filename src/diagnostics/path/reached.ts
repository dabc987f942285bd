import type { Answers, PathOrder, PathTarget, Question } from '../../model/wire/path';

/** How each target is asked: by ping, by ARP, and by a packet that fills the MTU. */
export const asked = {
  ping: (address: string) => `ping ${address}`,
  arp: (address: string) => `arp ${address}`,
  neighbour: (address: string) => `neighbour ${address}`,
  whole: (address: string) => `whole ${address}`,
};

export const questionsTo = ({ device, targets }: PathOrder): Question[] =>
  targets.flatMap(({ address, isNear }): Question[] => [
    {
      ...{ section: asked.ping(address), when: 'together', program: 'ping' },
      argv: ['ping', '-n', '-c', '3', '-i', '0.3', '-W', '1', '-w', '3', '-I', device, address],
    },
    ...(isNear && !address.includes(':')
      ? [
          {
            ...{ section: asked.arp(address), when: 'together' as const, program: 'arping' },
            argv: ['arping', '-c', '2', '-w', '2', '-I', device, address],
          },
        ]
      : []),
    {
      ...{ section: asked.neighbour(address), when: 'after', program: 'ip' },
      argv: ['ip', 'neigh', 'show', 'to', address, 'dev', device],
    },
  ]);

/** `null`: nobody can say. */
export interface Reached {
  target: PathTarget;
  ping: boolean | null;
  /** Whether it was found on the wire: it answered ARP, or the kernel has just seen it. */
  found: boolean | null;
  mac: string | null;
  evidence: string[];
}

export const reachedBy = ({ targets }: PathOrder, answers: Answers): Reached[] =>
  targets.map((target) => {
    const said = answers.text(asked.ping(target.address));
    const ping = pingAnswered(said);
    const arp = answers.text(asked.arp(target.address));
    const byArp = arpAnswers(arp);
    const neighbour = answers.text(asked.neighbour(target.address))?.trim() ?? '';
    const byKernel = neighbourFound(neighbour);
    return {
      ...{ target, ping },
      found: ping || (byArp?.length ?? 0) > 0 ? true : byArp ? false : byKernel,
      mac: byArp?.[0] ?? /lladdr (\S+)/.exec(neighbour)?.[1] ?? null,
      evidence: [...lastLines(said), ...lastLines(arp), ...(neighbour === '' ? [] : [neighbour])],
    };
  });

/** Somebody is to be reached, and nobody was found. */
export const isAlone = (reached: readonly Reached[]): boolean =>
  reached.length > 0 && reached.every(({ found, ping }) => found === false && ping !== true);

/** Whether a ping was answered, from its summary; `null` where it did not run. */
export function pingAnswered(said: string | undefined): boolean | null {
  const received = /(\d+) (?:packets )?received/.exec(said ?? '')?.[1];
  if (received !== undefined) return Number(received) > 0;
  return /Network is unreachable|No route to host/.test(said ?? '') ? false : null;
}

/** The MACs that answered; `null` where it did not run. */
export function arpAnswers(said: string | undefined): string[] | null {
  if (said === undefined || !/^Received \d+ (?:response|repl)/m.test(said)) return null;
  const macs = [...said.matchAll(/reply from \S+ \[([\dA-F:]{17})\]/gi)].map(([, mac = '']) =>
    mac.toLowerCase(),
  );
  return [...new Set(macs)];
}

/** What `ip neigh` says of one; a stale one may have gone meanwhile. */
export function neighbourFound(said: string): boolean | null {
  if (/\b(?:FAILED|INCOMPLETE)\b/.test(said)) return false;
  return /\b(?:REACHABLE|PERMANENT)\b/.test(said) ? true : null;
}

/** Of what ping and arping say, what it came to. */
const lastLines = (said: string | undefined): string[] =>
  (said ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /packets transmitted|^Received|reply from|unreachable|No route to/i.test(line))
    .slice(-2);
