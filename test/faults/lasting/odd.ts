import { planRestores } from '../../../src/planning/plan';
import { stateOf } from '../../../src/planning/kept/stateOf';
import type { Seen } from '../see';
import type { World } from '../world';
import { keepAll, wanted } from './keptHost';
import keptHost from './keptHost.sh';
import odd from './odd.sh';

/** A host with VF 1 kept for `k1`, and what is asked of it. */
class OddHost {
  constructor(readonly world: World) {}

  sh = (program: string): Promise<string> => this.world.sh(`all=1\n${keptHost}\n${odd}\n${program}`);

  /** The container has its VF with all that was asked for, soon. */
  async inside(): Promise<void> {
    await this.soon('all_inside');
  }
  /** The VF is on the host as it was before. */
  async home(): Promise<void> {
    await this.soon('all_home');
  }
  private async soon(command: string): Promise<void> {
    const wrong = await this.sh(`within 240 ${command}`);
    if (wrong !== '') throw new Error(`not ${command}: ${wrong}; ${JSON.stringify(await this.state())}`);
  }

  /** How it stands is said, soon. */
  async says(state: string, why: RegExp): Promise<void> {
    const end = Date.now() + 240_000;
    for (;;) {
      const said = await this.state();
      if (said.state === state && why.test(said.why)) return;
      if (Date.now() > end) throw new Error(`says ${JSON.stringify(said)}, not ${state} ${String(why)}`);
    }
  }
  private async state(seen?: Seen) {
    const now = seen ?? (await this.world.look());
    const kept = now.kept.find(({ intent }) => intent.id === 'k1-net7');
    return kept ? stateOf(now, kept) : { state: 'none', why: '' };
  }

  /** A VF that is on the host under another name gets its own by what the workbench offers then. */
  async recover(): Promise<void> {
    const now = await this.world.lookUntil((seen) => planRestores(seen).length > 0);
    for (const plan of planRestores(now)) await this.world.apply(plan);
  }
}

interface Case {
  name: string;
  run(host: OddHost): Promise<void>;
  /** Whatever became of it. */
  tidy?: string;
}

const stop = 'docker stop -t 0 k1 >/dev/null';
const start = 'rm -f /run/sriov-workbench/*.pace; docker start k1 >/dev/null';
const restart = `${stop}; ${start}`;

/** Each begins with the container running and the VF in it, and ends so. */
const cases: Case[] = [
  {
    name: 'the engine is restarted and its containers live on',
    tidy: 'rm -f /etc/docker/daemon.json; systemctl start docker; kill -HUP "$(pidof dockerd)"',
    async run(host) {
      await host.sh(`echo '{"live-restore":true}' >/etc/docker/daemon.json; kill -HUP "$(pidof dockerd)"; sleep 1
        pid=$(pid_of); systemctl restart docker; [ "$(pid_of)" = "$pid" ]`);
      await host.inside();
      await host.says('attached', /^$/);
      await host.sh(stop);
      await host.home();
      await host.sh(start);
      await host.inside();
      // It ends while nobody could tell.
      await host.sh(
        'pid=$(pid_of); systemctl stop docker docker.socket; kill -9 "$pid"; sleep 2; systemctl start docker',
      );
      await host.home();
      await host.says('waiting', /waiting for container k1/);
      await host.sh(start);
      await host.inside();
    },
  },
  {
    name: 'the VF is bound to vfio-pci',
    tidy: `[ -e /sys/bus/pci/drivers/igbvf/$vf ] || driver igbvf`,
    async run(host) {
      await host.sh(stop);
      await host.home();
      await host.sh(`driver vfio-pci; ${start}`);
      await host.says('failed', /bound to vfio-pci/);
      await host.sh(`driver igbvf
        until [ -e /sys/class/net/enp1s0v1 ]; do sleep 0.2; done
        ip link set enp1s0v1 address 02:00:00:00:01:01
        systemctl restart $watcher`);
      await host.inside();
    },
  },
  {
    name: 'the disk is full when it is to be attached',
    tidy: '! mountpoint -q $state || umount -l $state',
    async run(host) {
      await host.sh(stop);
      await host.home();
      await host.sh(`fill $state; ${start}`);
      await host.says('failed', /could not be written to; is the disk full\?/);
      await host.home();
      await host.sh('umount -l $state');
      await host.sh(restart);
      await host.inside();
    },
  },
  {
    name: 'the disk is full when it is to be given back',
    tidy: '! mountpoint -q $state || umount -l $state',
    async run(host) {
      await host.sh(`fill $state; ${stop}`);
      await host.says('failed', /could not be written to; is the disk full\?/);
      await host.sh(`umount -l $state; ${start}`);
      await host.inside();
      await host.sh(stop);
      await host.home();
      await host.sh(start);
    },
  },
  {
    name: 'there is no room for how a run ended',
    tidy: '! mountpoint -q /run/sriov-workbench || umount -l /run/sriov-workbench',
    async run(host) {
      await host.sh(`fill /run/sriov-workbench; ${stop}; sleep 10; umount -l /run/sriov-workbench; ${start}`);
      await host.inside();
    },
  },
  {
    name: 'the clock is set back two days, and forth again',
    tidy: '[ ! -s /run/odd.clock ] || { read -r then up </run/odd.clock; read -r now _ </proc/uptime; date -s "@$((then + ${now%.*} - up))" >/dev/null; rm /run/odd.clock; }',
    async run(host) {
      await host.sh(
        `read -r up _ </proc/uptime; echo "$(date +%s) \${up%.*}" >/run/odd.clock; date -s '2 days ago' >/dev/null; ${stop}`,
      );
      await host.home();
      await host.sh(start);
      await host.inside();
      await host.sh(`systemctl restart $watcher; ${stop}`);
      await host.home();
      await host.sh(`date -s '2 days' >/dev/null; ${start}`);
      await host.inside();
    },
  },
  {
    name: 'what is known of runs is removed',
    async run(host) {
      await host.sh(`rm -rf /run/sriov-workbench; ${stop}`);
      await host.home();
      await host.sh(start);
      await host.inside();
    },
  },
  {
    name: 'the records are removed',
    tidy: 'ip link set enp1s0v1 address 02:00:00:00:01:01 2>/dev/null; :',
    async run(host) {
      await host.sh(`rm -rf $state; ${stop}`);
      // Its MAC of before is known to nobody then.
      await host.sh(`until [ -e /sys/class/net/enp1s0v1 ] && ! ip link show enp1s0 | grep -q 'vf 1 .*vlan'; do sleep 0.3; done
        sleep 3; ip link set enp1s0v1 address 02:00:00:00:01:01; ${start}`);
      await host.inside();
    },
  },
  {
    name: 'all that was installed is removed, as the guide has it by hand',
    async run(host) {
      await host.sh(`systemctl disable --now -q $watcher
        rm -rf /etc/sriov-workbench /etc/systemd/system/sriov-workbench@.service; systemctl daemon-reload; ${stop}`);
      await host.recover();
      await host.home();
      await host.sh(start);
      await host.world.change(await host.world.look(), [wanted(1)]);
      await host.inside();
    },
  },
  {
    name: 'its program is removed',
    tidy: '[ ! -e /run/odd.sh ] || cp -p /run/odd.sh $home/$kept.sh; rm -f /run/odd.sh',
    async run(host) {
      await host.sh(`cp -p $home/$kept.sh /run/odd.sh; rm $home/$kept.sh; ${stop}`);
      await host.says('failed', /is not there/);
      await host.recover();
      await host.home();
      await host.sh(`cp -p /run/odd.sh $home/$kept.sh; ${start}`);
      await host.inside();
    },
  },
  {
    name: 'the watcher is killed at each step',
    tidy: 'rm -f /run/odd.strike; sed -i "/^\\tstruck_at strike/d" $home/$kept.sh',
    async run(host) {
      const plans = [
        ['attach', 'attach', start],
        ['give_back', 'restore', stop],
      ] as const;
      const steps = await Promise.all(plans.map(async ([plan]) => Number(await host.sh(`steps_of ${plan}`))));
      for (let step = 1; step <= Math.max(...steps); step += 1)
        for (const [index, [, kind, act]] of [...plans.entries()].reverse()) {
          const strikes = step <= steps[index]!;
          await host.sh(`${strikes ? `strike ${kind} ${step}; ` : ''}${act}`);
          await (kind === 'attach' ? host.inside() : host.home());
          if (strikes) await host.sh('[ ! -e /run/odd.strike ]');
          await host.sh('[ -z "$(ls $state/changes)" ]');
        }
    },
  },
  {
    name: 'two watchers',
    tidy: '[ ! -s /run/odd.second ] || kill -9 "-$(cat /run/odd.second)"; rm -f /run/odd.second',
    async run(host) {
      const twice = async () => {
        await host.sh(`: >$state/journal.jsonl; ${restart}`);
        await host.inside();
        await host.sh('[ "$(grep -c outcome $state/journal.jsonl)" = 2 ]');
      };
      await host.sh(
        'setsid sh -c "echo \\$\\$ >/run/odd.second; exec sh /etc/sriov-workbench/watch.sh docker" </dev/null >/dev/null 2>&1 & sleep 3',
      );
      await twice();
      await host.sh('systemctl kill -s KILL $watcher; sleep 8');
      await twice();
      await host.sh('kill -9 "-$(cat /run/odd.second)" && rm /run/odd.second && sleep 3');
      await twice();
      await host.sh(`: >$state/journal.jsonl
        for n in 1 2 3 4 5 6 7 8; do sh $home/$kept.sh reconcile & done; wait
        [ ! -s $state/journal.jsonl ]`);
      await host.inside();
    },
  },
];

/** What a host may come to while something is kept: each ends with nothing lost, and says how it stands. */
export async function oddStates(
  world: World,
  only: string,
  onCase?: (name: string, seconds: number, wrong: string) => void,
): Promise<{ names: string[]; wrong: string[] }> {
  await keepAll(world, 2);
  const host = new OddHost(world);
  const wrong: string[] = [];
  const names: string[] = [];
  for (const { name, run, tidy = ':' } of cases.filter((one) => one.name.includes(only))) {
    const began = Date.now();
    let said = '';
    await host.inside();
    try {
      await run(host);
      await host.inside();
    } catch (error) {
      said = String(error);
      wrong.push(`${name}: ${said}`);
    }
    await host.sh(tidy);
    if (said !== '') await host.sh(`systemctl restart docker $watcher; ${restart}`);
    names.push(name);
    onCase?.(name, (Date.now() - began) / 1000, said);
  }
  await host.sh('docker stop -t 0 k0 k1 >/dev/null');
  await host.home();
  await world.change(await world.look(), [{ kind: 'stop-keeping' }]);
  await host.sh('docker rm -f k0 k1 >/dev/null; [ ! -e /etc/sriov-workbench ]');
  return { names, wrong };
}
