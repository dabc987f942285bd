import { HostError, type Host } from '../../src/host/host';
import type { Plan, Step } from '../../src/model/plan';
import { applyPlan } from '../../src/execution/applyPlan';
import type { Report } from '../../src/execution/report';
import { applyKept, isKeptPlan } from './kept';
import type { Kind } from './kinds';
import struck from './struck.sh';
import type { World } from './world';

/** Where a fault strikes. */
export interface Place {
  /** Counted from 0. */
  step: number;
  /** The step's work is still to be done, or was done. */
  when: 'before' | 'after';
  /** The one that the fault ends; empty when it ends none. */
  container: string;
}

/** What goes wrong in the middle of a change. */
export interface Fault {
  name: string;
  /** What the fault itself does to the host: then that is what is left when nothing else is. */
  takes: 'nothing' | 'container' | 'vfs' | 'everything';
  /** For one of these there are so many of any other: what it takes has to be made again. */
  rare?: number;
  /** Which of the plan's containers ends. */
  dies?: 'container' | 'source';
  strikes(kind: Kind): boolean;
  /** Has the plan executed with the fault; resolves with what the client gets, or with nothing when it lost the host. */
  execute(world: World, plan: Plan, place: Place): Promise<Report | undefined>;
  /** What the user does about the fault itself before the next look: start the container, free the disk. */
  amend?(world: World, place: Place): Promise<unknown>;
}

const always = (): boolean => true;

/** A verb in front of the step's own (struck.sh) makes it go wrong in the guest. */
const inTheGuest =
  (verb: string): Fault['execute'] =>
  (world, plan, place) =>
    run(world, plan, { verb, place });

const startAgain: Fault['amend'] = (world, { container }) =>
  world.sh(`for pid in $(pgrep -f '^sleep 317'); do kill "$pid"; done; docker start ${container} >/dev/null`);

/** A container ends, by a verb of struck.sh, and is started again afterwards. */
const ends = (dies: 'container' | 'source', name: string, verb: string): Fault => ({
  ...{ name, dies, takes: 'container', amend: startAgain },
  strikes: (kind) => kind[dies] !== undefined,
  execute: inTheGuest(verb),
});

export const faults: Fault[] = [
  { name: 'the step fails', takes: 'nothing', strikes: always, execute: inTheGuest('failed') },
  {
    name: 'ssh killed',
    takes: 'nothing',
    strikes: always,
    execute: (world, plan, place) =>
      run(
        world,
        plan,
        { verb: 'cut', place },
        once(place.step, () => world.cutOff()),
      ),
  },
  { name: "sshd's child killed", takes: 'nothing', strikes: always, execute: inTheGuest('sshd') },
  { name: 'executor `kill -9`', takes: 'nothing', strikes: always, execute: inTheGuest('killed') },
  {
    name: 'disk full',
    takes: 'nothing',
    strikes: always,
    execute: inTheGuest('full'),
    amend: (world) => world.sh('rm -f /var/lib/sriov-workbench/fill'),
  },
  {
    name: 'VF removed',
    takes: 'vfs',
    rare: 3,
    strikes: ({ name }) => name !== 'set-vfs',
    execute: inTheGuest('gone'),
  },
  ...(['container', 'source'] as const).flatMap((dies) => [
    ends(dies, `${dies} stopped`, 'stopped'),
    ends(dies, `${dies} restarted`, 'restarted'),
    ends(dies, `PID of the ${dies} reused`, 'reused'),
  ]),
  ends('source', 'executor `kill -9`, source stopped', 'orphaned'),
  { name: 'guest reset', takes: 'everything', strikes: always, execute: reset },
];

async function reset(world: World, plan: Plan, place: Place): Promise<Report | undefined> {
  await world.showPodman();
  let rebooted: Promise<void> | undefined;
  const press = async () => {
    // By then the step is where it is held.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await world.reset();
  };
  const ended = await run(
    world,
    plan,
    { verb: 'held', place },
    once(place.step, () => (rebooted = press())),
  );
  await (rebooted ?? world.reset());
  return ended;
}

function once(step: number, act: () => Promise<unknown>): (index: number) => void {
  let acted = false;
  return (index) => {
    if (acted || index !== step) return;
    acted = true;
    void act();
  };
}

interface Strike {
  verb: string;
  place: Place;
}

function struckPlan(plan: Plan, { verb, place: { step, when, container } }: Strike): Plan {
  const steps = plan.steps.map((each, index): Step => {
    if (index !== step) return each;
    return { ...each, apply: ['struck', verb, when, container, ...each.apply], timeout: each.timeout + 30 };
  });
  return { ...plan, steps };
}

/** The host, but its programs have one more verb. What it keeps to undo is the plan as it was made: the product takes no other verbs. */
const withStruck = (host: Host, plan: Plan, struckOne: Plan): Host => ({
  ...host,
  run: (program, options) =>
    host.run(
      program.includes('struck')
        ? `rmdir /run/struck 2>/dev/null\n${program
            .replace('#!/bin/sh\n', () => `#!/bin/sh\n${struck}\n`)
            .replace(JSON.stringify(struckOne), () => JSON.stringify(plan))}`
        : program,
      options,
    ),
});

async function run(
  world: World,
  plan: Plan,
  strike: Strike,
  onStep?: (index: number) => void,
): Promise<Report | undefined> {
  const struckOne = struckPlan(plan, strike);
  try {
    if (isKeptPlan(plan)) return await applyKept(world.host, { ...struckOne, keeps: plan.keeps }, onStep);
    return await applyPlan(withStruck(world.host, plan, struckOne), struckOne, {
      onProgress: (progress) => progress.kind === 'step' && onStep?.(progress.index),
    });
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
