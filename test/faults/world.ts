import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { sshHost } from '../../src/host/ssh';
import type { Host } from '../../src/host/host';
import { isRefusal, type Plan, type Refusal } from '../../src/model/plan';
import type { ChangeRequest } from '../../src/model/request';
import { applyPlan } from '../../src/execution/applyPlan';
import { planChange } from '../../src/planning/plan';
import build from './build.sh';
import { applyKept, isKeptPlan } from './kept';
import makeVfs from './makeVfs.sh';
import { see, type Seen } from './see';
import dhcpServer from '../lab/dhcpServer.sh';

/**
 * A machine of the lab as the campaign has it: two VFs on a PF that is up, the first of them up and with an address of the
 * host; a second container on Docker's bridge; Podman and the containers that it doesn't need gone, for a look takes twice as
 * long with them.
 */
export class World {
  private hid = false;

  private constructor(
    readonly host: Host,
    readonly variant: string,
    private readonly labConfig: string,
    private readonly folder: string,
  ) {}

  static async enter(variant: string, labConfig: string): Promise<World> {
    const world = await World.connect(variant, labConfig);
    await world.hidePodman();
    await world.startSecond();
    return world;
  }

  /** By connections of its own, which can be killed without anybody else's. */
  private static async connect(variant: string, labConfig: string): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'sriov-faults-'));
    const configFile = join(folder, 'ssh_config');
    await writeFile(
      configFile,
      `Include ${labConfig}\nHost *\n  ControlMaster auto\n  ControlPersist 60\n  ControlPath ${folder}/%C\n`,
    );
    return new World(sshHost('sriov-lab', { configFile }), variant, labConfig, folder);
  }

  /** The same machine, over another connection. */
  another(): Promise<World> {
    return World.connect(this.variant, this.labConfig);
  }

  async leave(): Promise<void> {
    await this.sh(`${dhcpServer}
      end_dhcp
      docker rm -f web2 >/dev/null
      docker start router pod-a pod-b a.b_c-1.x >/dev/null`);
    if (this.hid) {
      await this.showPodman();
      await this.sh('podman start pfw >/dev/null');
    }
    await this.forget();
  }

  async forget(): Promise<void> {
    await this.cutOff();
    await this.host.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a shell program in the guest as root; throws when it fails. */
  sh = async (program: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await this.host.run(program, { timeoutMs: 300_000 });
    if (exitCode !== 0) throw new Error(`exited ${exitCode}: ${stderr}\n${stdout}\n${program}`);
    return stdout;
  };

  /** Whatever the machine was before. */
  async build(): Promise<Seen> {
    await this.sh(`${build}\n${makeVfs}`);
    return this.look();
  }

  /** When nothing but its VFs is gone. */
  async makeVfs(): Promise<Seen> {
    await this.sh(makeVfs);
    return this.look();
  }

  look(): Promise<Seen> {
    return see(this.host);
  }

  /**
   * Looks until the host is as asked for, half a minute long: a VF takes a moment to come back, and its carrier up to twenty
   * seconds when its driver came while the PF was being reset.
   */
  async lookUntil(good: (now: Seen) => boolean, seen?: Seen): Promise<Seen> {
    const end = Date.now() + 30_000;
    for (let now = seen; ; now = undefined) {
      now ??= await this.look();
      if (good(now) || Date.now() > end) return now;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** The same without VFs. */
  async bare(): Promise<Seen> {
    await this.sh(`echo 0 >/sys/class/net/enp1s0/device/sriov_numvfs
      until [ "$(cat /sys/class/net/enp1s0/carrier)" = 1 ]; do sleep 0.2; done`);
    return this.look();
  }

  /** Has a plan executed that has to succeed. */
  async execute(plan: Plan): Promise<Seen> {
    await this.apply(plan);
    return this.look();
  }

  /** The same without a look. */
  async apply(plan: Plan): Promise<void> {
    const { outcome, failure } = await (isKeptPlan(plan)
      ? applyKept(this.host, plan)
      : applyPlan(this.host, plan));
    if (outcome !== 'done') throw new Error(`${plan.title}: ${outcome}, ${JSON.stringify(failure)}`);
  }

  /** The same of requests, one after another. */
  async change(now: Seen, requests: ChangeRequest[]): Promise<Seen> {
    for (const request of requests) now = await this.execute(planned(planChange(now, request)));
    return now;
  }

  /** Ends every ssh of this world at once. */
  async cutOff(): Promise<void> {
    await execa('pkill', ['-9', '-f', `^ssh.*${this.folder}/`], { reject: false });
  }

  /** Presses the reset button. The machine needs Podman to be ready: `showPodman` has to come before. */
  async reset(): Promise<void> {
    await Promise.all([execa('node', ['lab/lab.mjs', 'reset', this.variant]), this.cutOff()]);
    await this.hidePodman();
    await this.startSecond();
  }

  /** Whether a fault struck since the last plan began. */
  async wasStruck(): Promise<boolean> {
    return (await this.sh('[ ! -d /run/struck ] || echo yes')) !== '';
  }

  /** Has a DHCP server on the wire that has given nothing to anybody yet; long leases, so that none ends or is renewed meanwhile. */
  serveDhcp(): Promise<unknown> {
    return this.sh(`${dhcpServer}\nserve_dhcp 7200`);
  }

  /** Whom the server has given an address that it didn't get back. */
  async leasesOut(): Promise<string[]> {
    return (await this.sh(`${dhcpServer}\nleases_out`)).split('\n').filter(Boolean);
  }

  /** After \`web\`, which so gets the same address each time. */
  private startSecond(): Promise<unknown> {
    return this
      .sh(`docker inspect web2 >/dev/null 2>&1 || docker create --name web2 --hostname web2 sriov-lab:busybox
      docker start web2 >/dev/null`);
  }

  showPodman(): Promise<unknown> {
    return this.sh('! [ -e /usr/bin/podman.hidden ] || mv /usr/bin/podman.hidden /usr/bin/podman; sync');
  }

  private async hidePodman(): Promise<void> {
    const said = await this.sh(
      '! [ -e /usr/bin/podman ] || { podman kill pfw; mv /usr/bin/podman /usr/bin/podman.hidden; }',
    );
    this.hid ||= said !== '';
  }
}

export function planned(plan: Plan | Refusal): Plan {
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
}
