import type { KeepRequest } from '../../../src/model/request';
import { loadLasting } from '../../../src/planning/lasting';
import makeVfs from '../makeVfs.sh';
import type { World } from '../world';

export const containers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `k${index}`);

/** What keptHost.sh looks for. */
export const wanted = (index: number): KeepRequest => ({
  ...{ kind: 'keep', vf: `enp1s0:${index}`, container: `k${index}`, name: 'net7', vlan: Number(`4${index}`) },
  ...{ mac: `02:00:00:00:07:0${index}`, addresses: [`10.77.${index}.1/24`] },
  routes: [{ destination: `10.78.${index}.0/24`, gateway: `10.77.${index}.254` }],
});

/** VFs, as many containers, which run, and each VF kept for one of them. */
export async function keepAll(world: World, count: number): Promise<void> {
  await loadLasting();
  await world.build();
  await bareVfs(world, count);
  const names = containers(count);
  await world.sh(`docker rm -f ${names.join(' ')} >/dev/null 2>&1
    for name in ${names.join(' ')}; do docker create --name $name --network none sriov-lab:busybox >/dev/null; done`);
  await world.change(
    await world.look(),
    names.map((_, index) => wanted(index)),
  );
  await world.sh(`docker start ${names.join(' ')} >/dev/null`);
}

/** VFs that nobody uses. */
export const bareVfs = (world: World, count: number): Promise<unknown> =>
  world.sh(`count=${count}\n${makeVfs}\nip addr flush dev enp1s0v0; ip link set enp1s0v0 down`);
