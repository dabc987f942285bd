import { readdir } from 'node:fs/promises';
import { differences } from '../../src/planning/verify';
import { planChange } from '../../src/planning/plan';
import { fingerprint } from './fingerprint';
import { planned, type World } from './world';

export interface Cycles {
  cycles: number;
  /** Seconds of a cycle, on average: the first tenth, the last tenth. */
  first: number;
  last: number;
  /** What there is more of after than before. */
  leaked: string[];
}

/** Two at once, for the guest has two processors. */
const lanes = ['fw', 'web'].map((container, index) => ({
  ...{ kind: 'attach' as const, vf: `enp1s0:${index}`, container, name: 'net1', vlan: 42 + index },
  ...{ addresses: [`10.99.${index}.1/24`] },
}));

/** Attaches VFs and detaches them, over and over, and counts what is left of that. */
export async function cycle(
  world: World,
  cycles: number,
  onCycle?: (number: number, seconds: number) => void,
): Promise<Cycles> {
  const start = await world.build();
  const before = fingerprint(start);
  // Once, for what is there from the first change on: the journal, the folders, the shared connection.
  const attached = await world.change(start, lanes);
  const plans = lanes.map((attach) => ({
    there: planned(planChange(start, attach)),
    back: planned(planChange(attached, { kind: 'detach', vf: attach.vf })),
  }));
  for (const { back } of plans) await world.execute(back);
  const [had, hadHere] = [await count(world), await openHere()];

  const took: number[] = [];
  let begun = 0;
  await Promise.all(
    plans.map(async ({ there, back }) => {
      while (begun < cycles) {
        begun += 1;
        const began = Date.now();
        await world.apply(there);
        await world.apply(back);
        took.push((Date.now() - began) / 1000);
        onCycle?.(took.length, took.at(-1)!);
        if (took.length % 50 > 0) continue;
        const broken = differences(back.promises, await world.look());
        if (broken.length > 0) throw new Error(`after ${took.length} cycles: ${broken.join(' ')}`);
      }
    }),
  );

  const [has, hasHere] = [await count(world), await openHere()];
  const end = await world.lookUntil((now) => fingerprint(now) === before);
  const tenth = Math.ceil(cycles / 10);
  return {
    ...{ cycles, first: mean(took.slice(0, tenth)), last: mean(took.slice(-tenth)) },
    leaked: [
      ...Object.keys(has)
        .filter((what) => has[what]! > had[what]! + (allowed[what] ?? 0))
        .map((what) => `${what}: ${had[what]} before, ${has[what]} after`),
      ...(hasHere > hadHere + 2 ? [`descriptors of the client: ${hadHere} before, ${hasHere} after`] : []),
      ...(fingerprint(end) === before ? [] : ['the host is not as it was']),
    ],
  };
}

/** The journal keeps 800 to 1000 lines, some 400 bytes each; the plans of twenty changes are kept; daemons breathe. */
const allowed: Record<string, number> = {
  'kB of the journal': 400,
  'kept plans': 20,
  'open files': 64,
};

/** What a change could leave behind in the guest, and how much of it there is. */
export async function count({ sh }: World): Promise<Record<string, number>> {
  const text = await sh(`
    state=/var/lib/sriov-workbench
    echo "namespaces=$(lsns -n -t net | wc -l)"
    echo "open files=$(cut -f1 /proc/sys/fs/file-nr)"
    echo "alternative names=$(ip -j link | grep -o altnames | wc -l)"
    echo "locks held=$(grep -c FLOCK /proc/locks)"
    echo "lock files=$(ls /run/sriov-workbench | wc -l)"
    echo "records=$(ls $state/attachments | wc -l)"
    echo "changes under way=$(ls $state/changes | wc -l)"
    echo "kept plans=$(ls $state/finished | wc -l)"
    echo "kB of the journal=$(du -k $state/journal.jsonl | cut -f1)"
    echo "running shells=$(pgrep -fc 'changes/.*/plan.sh')"`);
  return Object.fromEntries(
    [...text.matchAll(/^(.*)=(\d+)$/gm)].map(([, what, number]) => [what!, Number(number)]),
  );
}

const openHere = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
const mean = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
