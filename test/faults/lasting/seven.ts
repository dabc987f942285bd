import { count } from '../cycles';
import type { World } from '../world';
import { containers, keepAll } from './keptHost';
import keptHost from './keptHost.sh';

export interface Seven {
  cycles: number;
  /** Seconds of a cycle, the median and the longest. */
  median: number;
  longest: number;
  /** What was wrong, and in which cycle. */
  wrong: string[];
  /** What the watcher said that isn't that a VF is where it should be: how often, and what. */
  said: string[];
}

/** Seven VFs, kept for seven containers that stop and start all at once, over and over. */
export async function sevenKept(
  world: World,
  cycles: number,
  onCycle?: (number: number, seconds: number, wrong: string) => void,
): Promise<Seven> {
  await keepAll(world, 7);
  const names = containers(7);
  const took: number[] = [];
  const wrong: string[] = [];
  const turn = async (): Promise<string> => {
    const { stdout, stderr, exitCode } = await world.host.run(`${keptHost}\nturn`, { timeoutMs: 600_000 });
    return exitCode === 0 ? stdout.trim() : `exited ${exitCode}: ${stderr}${stdout}`;
  };
  // Once, for what is there from the first time on.
  await turn();
  const before = await count(world);
  const begins = Number(await world.sh('date +%s'));
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const began = Date.now();
    const said = await turn();
    took.push((Date.now() - began) / 1000);
    if (said !== '') wrong.push(`cycle ${cycle}: ${said}`);
    onCycle?.(cycle, took.at(-1)!, said);
  }
  const after = await count(world);
  for (const what of ['namespaces', 'records', 'changes under way', 'locks held', 'running shells'])
    if (after[what]! > before[what]!) wrong.push(`${what}: ${before[what]} before, ${after[what]} after`);
  const said = await world.sh(`journalctl -u sriov-workbench@docker -o cat --since "@${begins}" |
    grep -v ' is in k[0-6] as net7$\\| is on the host again as ' | sed 's/^[^:]*: //' | sort | uniq -c; :`);
  await world.sh(`docker stop -t 0 ${names.join(' ')} >/dev/null`);
  const left = await world.sh(`${keptHost}\nwithin 240 all_home`);
  if (left !== '') wrong.push(`at the end: ${left}`);
  await world.change(await world.look(), [{ kind: 'stop-keeping' }]);
  await world.sh(`docker rm -f ${names.join(' ')} >/dev/null`);
  took.sort((a, b) => a - b);
  return {
    ...{ cycles, wrong, said: said.split('\n').flatMap((line) => line.trim() || []) },
    ...{ median: took[Math.floor(took.length / 2)] ?? 0, longest: took.at(-1) ?? 0 },
  };
}
