import type { KeepRequest } from '../../../src/model/request';
import { readTriggers } from '../../../src/inventory/lasting/triggers';
import { loadLasting } from '../../../src/planning/lasting';
import type { World } from '../world';
import { bareVfs } from './keptHost';
import ready from './ready.sh';

/** In the order in which they are started, over and over, so that each of ours stands beside a bare one of the same minute. */
const ways = [
  { name: 'the watcher', container: 0 },
  { name: 'a bare loop', container: 1 },
  { name: 'CDI', container: 2 },
  { name: 'a bare loop, again', container: 1 },
];

interface Start {
  ready: number;
  started: number;
}

/** From `docker start` until the VF is in the container, up and with its address; a table. */
export async function untilReady(
  world: World,
  rounds: number,
  onRound?: (done: number) => void,
): Promise<string> {
  await loadLasting();
  await world.build();
  await bareVfs(world, 3);
  await world.sh(`cp /etc/docker/daemon.json /run/ready.daemon 2>/dev/null
    echo '{"features":{"cdi":true}}' >/etc/docker/daemon.json; systemctl restart docker`);
  try {
    const keep = (n: number, more: Partial<KeepRequest>): KeepRequest => ({
      ...{ kind: 'keep', vf: `enp1s0:${n}`, container: `r${n}`, engine: 'docker', name: `eth${n}` },
      ...{ addresses: [`10.79.${n}.1/24`], ...more },
    });
    const able = await readTriggers(world.host);
    await world.change(await world.look(), [keep(0, {}), keep(2, { via: 'cdi', able })]);
    await world.sh(`${ready}
      for n in 0 1 2; do
        [ $n != 2 ] || device='--device sriov-workbench.local/vf=r2-eth2'
        docker create --name r$n --network none $device sriov-lab:busybox >/dev/null
      done
      # A function that is redirected keeps a copy of what it had.
      (exec </dev/null >/dev/null 2>&1; by_hand) & echo $! >/run/ready.pid`);
    const starts: Start[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      const all: Start[] = [];
      for (const { container } of ways) {
        const [at = NaN, started = NaN] = (await world.sh(`${ready}\nstart ${container}`))
          .split(' ')
          .map(Number);
        all.push({ ready: at / 1000, started: started / 1000 });
      }
      starts.push(all);
      onRound?.(round + 1);
    }
    return table(starts);
  } finally {
    await world.sh(`kill "$(cat /run/ready.pid)"; pkill -f 'docker events.*container=r1'; docker rm -f r0 r1 r2 >/dev/null
      rm -f /etc/docker/daemon.json; mv /run/ready.daemon /etc/docker/daemon.json 2>/dev/null; :`);
    await world.change(await world.look(), [{ kind: 'stop-keeping' }]);
    await world.sh('systemctl restart docker');
  }
}

function table(rounds: Start[][]): string {
  const rows = ways.map(({ name }, way) => {
    const of = (what: keyof Start) => rounds.map((starts) => starts[way]![what]).sort((a, b) => a - b);
    const beside = rounds
      .map((starts) => starts[way]!.ready / starts[way % 2 === 0 ? way + 1 : way]!.ready)
      .sort((a, b) => a - b);
    const ratio = `${mid(beside).toFixed(2)} | ${beside[0]!.toFixed(2)}–${beside.at(-1)!.toFixed(2)}`;
    const [readyAt, started] = [of('ready'), of('started')];
    return `| ${name} | ${mid(readyAt).toFixed(2)} | ${readyAt.at(-1)!.toFixed(2)} | ${mid(started).toFixed(2)} | ${way % 2 === 0 ? ratio : '| '} |`;
  });
  return [
    `| attached by | VF ready, s | worst of ${rounds.length} | started, s | beside the bare loop | pairs, least–most |`,
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const mid = (sorted: number[]): number => sorted[Math.floor(sorted.length / 2)]!;
