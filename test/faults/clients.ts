import { createHostControl } from '../../src/control/createHostControl';
import type { HostSnapshot } from '../../src/model/snapshot';
import { allVfs } from '../../src/model/snapshot';
import { readJournal } from '../../src/execution/hostJournal';
import { random } from '../lab/random';
import type { World } from './world';

export interface Crowd {
  clients: number;
  vfs: number;
  seconds: number;
  attached: number;
  detached: number;
  /** Another client was faster, or busy with it: nothing was changed. */
  refused: number;
  /** What must not be. */
  wrong: string[];
}

const adapters = ['enp1s0', 'enp2s0'];

/** Clients with connections of their own attach and detach VFs at random; a VF has one holder at most, and isn't lost. */
export async function crowd(
  world: World,
  { clients, perPf, seconds, seed }: { clients: number; perPf: number; seconds: number; seed: number },
): Promise<Crowd> {
  await world.build();
  await world.sh(`for pf in ${adapters.join(' ')}; do
      ip link set $pf up
      count=/sys/class/net/$pf/device/sriov_numvfs
      echo 0 >$count; echo ${perPf} >$count
      until [ "$(ls -d /sys/class/net/$pf/device/virtfn*/net/* | wc -l)" = ${perPf} ]; do sleep 0.2; done
    done; udevadm settle; rm -rf /var/lib/sriov-workbench`);
  const before = await world.look();
  const vfs = adapters.flatMap((pf) => Array.from({ length: perPf }, (_, index) => `${pf}:${index}`));
  const result: Crowd = {
    clients,
    vfs: vfs.length,
    seconds,
    attached: 0,
    detached: 0,
    refused: 0,
    wrong: [],
  };
  const end = Date.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, number) => {
      const own = await world.another();
      const control = createHostControl(own.host);
      const next = random(seed + number);
      const one = <T>(of: T[]): T => of[Math.floor(next() * of.length)]!;
      while (Date.now() < end) {
        const vf = one(vfs);
        const request =
          next() < 0.5
            ? { kind: 'detach' as const, vf }
            : { kind: 'attach' as const, vf, container: one(['fw', 'web']), name: vf.replace(':', 'v') };
        const outcome = await control.change(request, { confirm: () => Promise.resolve(true) });
        if (outcome.status === 'refused') result.refused += 1;
        else if (outcome.status === 'done' || outcome.status === 'mismatch')
          // A mismatch is another client's change between ours and our look; the journal tells whether it was.
          result[request.kind === 'attach' ? 'attached' : 'detached'] += 1;
        else
          result.wrong.push(
            `client ${number}: ${request.kind} ${vf}: ${outcome.status} ${'failure' in outcome ? outcome.failure.message : ''}`,
          );
      }
      await control.dispose();
      await own.forget();
    }),
  );
  result.wrong.push(...turns((await readJournal(world.host)) ?? [], vfs));
  const after = await detachAll(world);
  const places = (now: HostSnapshot) =>
    allVfs(now)
      .map(({ pci, name, holder }) => `${pci} ${name} ${holder.kind}`)
      .join('\n');
  if (places(after) !== places(before))
    result.wrong.push(`VFs are not where they were:\n${places(before)}\n${places(after)}`);
  if (after.attachments.length + after.pending.length + after.staleRecords.length > 0)
    result.wrong.push('something is on record still');
  await world.sh('echo 0 >/sys/class/net/enp2s0/device/sriov_numvfs');
  return result;
}

/** A VF has one holder at a time when it is attached and detached in turns, by the order in which the host's journal has it. */
function turns(entries: { title: string; outcome: string }[], vfs: string[]): string[] {
  const wrong: string[] = [];
  for (const vf of vfs) {
    const [pf, index] = vf.split(':');
    const acts = entries
      .filter(({ outcome }) => outcome === 'done')
      .flatMap(({ title }) => new RegExp(`^(Attach|Detach) VF ${index} of ${pf} `).exec(title)?.[1] ?? []);
    if (acts.some((act, turn) => act !== (turn % 2 === 0 ? 'Attach' : 'Detach')))
      wrong.push(`${vf}: ${acts.join(', ')}`);
  }
  return wrong;
}

async function detachAll(world: World): Promise<HostSnapshot> {
  let now = await world.look();
  for (const { vf } of now.attachments) now = await world.change(now, [{ kind: 'detach', vf }]);
  return now;
}
