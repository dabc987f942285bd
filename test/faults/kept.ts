import type { Host } from '../../src/host/host';
import { readReport, type Report } from '../../src/execution/report';
import { renderKept } from '../../src/execution/renderKept';
import { late } from '../../src/model/lasting/late';
import type { KeptProgram, Plan } from '../../src/model/plan';
import type { AttachRequest } from '../../src/model/request';
import { planKeep } from '../../src/planning/kept/planKeep';
import { planRestores } from '../../src/planning/plan';
import type { Kind } from './kinds';
import type { Seen } from './see';
import struck from './struck.sh';
import { planned, type World } from './world';

/** A plan that the program of an intent executes, and no client: what is made of it by `applyKept`. */
export type KeptPlan = Plan & { keeps: KeptProgram };
export const isKeptPlan = (plan: Plan): plan is KeptPlan => plan.keeps !== undefined && plan.kind !== 'keep';

/** The container has no network of its own, and nobody uses the VF on the host. */
const wanted = {
  ...{ kind: 'attach', vf: 'enp1s0:1', container: 'fw', name: 'net1', vlan: 42, mtu: 1400 },
  ...{ mac: '02:00:00:00:00:77', addresses: ['10.99.0.1/24', 'fd00::1/64'], gateway: '10.99.0.254' },
} satisfies AttachRequest;

/** The program as what is kept is planned now, of which one of both plans is at stake. */
function keptPlan(now: Seen, which: 'attach' | 'giveBack'): KeptPlan {
  const { keeps, promises } = planned(planKeep(now, { ...wanted, kind: 'keep' })) as KeptPlan;
  const plan = keeps[which];
  return {
    ...plan,
    keeps,
    steps: plan.steps.map((step) => ({ ...step, title: step.title.replaceAll(late('device'), 'it') })),
    // That the VF is as it was is seen by all of the host.
    promises: which === 'attach' ? promises.filter(({ kind }) => kind === 'vf-inside') : [],
  };
}

/** Attached, and the container was started again: the VF is on the host under its name inside. */
async function cameBack(world: World, now: Seen): Promise<Seen> {
  await world.change(now, [wanted]);
  await world.sh(`docker kill fw >/dev/null && docker start fw >/dev/null
    until [ -n "$(ls /sys/bus/pci/devices/0000:01:10.2/net)" ]; do sleep 0.1; done`);
  return world.lookUntil((later) => planRestores(later).length === 1);
}

export const keptKinds: Kind[] = [
  {
    ...{ name: 'kept attach', share: 30, container: wanted.container },
    setUp: (_, now) => Promise.resolve(now),
    plan: (now) => keptPlan(now as Seen, 'attach'),
    back: (world, now) => world.change(now, [{ kind: 'detach', vf: wanted.vf }]),
  },
  giveBack(),
];

/** What is kept was planned while the VF was on the host as it is to be there again. */
function giveBack(): Kind {
  let then: Seen | undefined;
  return {
    ...{ name: 'kept give-back', share: 20 },
    setUp(world, now) {
      then = now;
      return cameBack(world, now);
    },
    plan(now) {
      if (!then || planRestores(now).length === 0) throw new Error('No VF came back.');
      return keptPlan(then, 'giveBack');
    },
    back: cameBack,
  };
}

/**
 * Has the program look once, as after an event of the engine, and tells what the change that it makes says. It goes on when nobody
 * listens. One that gives back finds no container, so that this is all it does.
 */
export async function applyKept(
  host: Host,
  { keeps, ...plan }: KeptPlan,
  onStep?: (index: number) => void,
): Promise<Report> {
  const gives = plan.kind === 'restore';
  const program = renderKept({
    ...keeps,
    ...(gives ? { giveBack: plan } : { attach: plan }),
    intent: { ...keeps.intent, container: { name: gives ? 'nobody' : wanted.container } },
  }).replace("cat <<'END_OF_LIBRARY'\n", (begin) => `${begin}${struck}\n`);
  const said = `/run/sriov-workbench/${keeps.intent.id}.said`;
  const { stdout } = await host.run(
    `rmdir /run/struck 2>/dev/null
mkdir -p /run/sriov-kept && cat >/run/sriov-kept/program.sh <<'END_OF_PROGRAM' || exit
${program}
END_OF_PROGRAM
rm -f ${said}
setsid sh /run/sriov-kept/program.sh attach </dev/null >/run/sriov-kept/said 2>&1 &
tail -n +1 -s 0.1 -F --pid=$! ${said} 2>/dev/null
[ -e ${said} ] || sed 's/^/| /' /run/sriov-kept/said`,
    {
      timeoutMs: 240_000,
      onLine: (line) => {
        const [, number] = /^@ begin (\d+)/.exec(line) ?? [];
        if (number !== undefined) onStep?.(Number(number) - 1);
      },
    },
  );
  return readReport(plan, stdout);
}
