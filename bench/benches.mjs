import { connect } from './connected.mjs';
import { variant } from './lab.mjs';

/**
 * @import { Bench } from './measure.mjs'
 * @import { LabHost } from './lab.mjs'
 *
 * @typedef {Bench & { vfs: number }} LabBench `vfs`: how many the first card has before each round; the eight others have seven
 */

const pf = 'enp1s0';
const vf = `${pf}v1`;
const address = '10.9.0.1/24';

/** Devices with their MAC and whether they are up, how many VFs each card has, and what is recorded of them. */
const everything = `ip -br link | sort; cat /sys/class/net/*/device/sriov_numvfs
ls -d /var/lib/sriov-workbench/attachments/* /var/lib/sriov-workbench/changes/* 2>/dev/null; :`;

/**
 * The benches on a machine of the lab: one row each.
 *
 * @type {Record<string, (host: LabHost) => LabBench>}
 */
export const labBenches = {
  look: (host) => ({
    name: 'look',
    vfs: 7,
    against: 'one ssh command: ip, grep in sysfs, docker inspect, podman inspect, ip in each namespace',
    state: () => host.sh(everything),
    phases: [looking(host, 'look', 0.8, bareLook, (printed) => counted(printed, /"vf":\d+/g))],
  }),

  'look-peers': (host) => ({
    name: 'look-peers',
    vfs: 7,
    against:
      'what people type, each as one ssh command; cat reads the files and links of sysfs that we read, and no containers',
    state: () => host.sh(everything),
    phases: [
      looking(host, 'look-peers lspci', 0.4, lspciLook, (printed) =>
        counted(printed, /^Device:.*\[10ca\]$/gm),
      ),
      looking(host, 'look-peers cat', 0.4, catLook, (printed) => ({
        ...counted(printed, /^\.\.\/0000:/gm),
        containers: 10,
      })),
    ],
  }),

  attach: (host) => attaching(host, 'attach', typed, 1.8, asTyped(host)),

  'attach-connected': (host) => {
    const workbench = connect(variant);
    const bench = attaching(host, 'attach-connected', typed, 1.5, asTyped(host));
    /** @type {import('../src/model/request.ts').ChangeRequest[]} One a phase. */
    const asked = [
      { kind: 'attach', vf: `${pf}:1`, container: 'fw', name: 'eth1', addresses: [address] },
      { kind: 'detach', vf: `${pf}:1` },
    ];
    return {
      ...bench,
      phases: bench.phases.map((phase, at) => ({
        ...phase,
        ready: async () => (await workbench).ready(),
        ours: async () =>
          (await workbench).change(
            /** @type {import('../src/model/request.ts').ChangeRequest} */ (asked[at]),
          ),
      })),
      end: async () => (await workbench).dispose(),
    };
  },

  'attach-peer': (host) =>
    attaching(
      host,
      'attach-peer',
      'each step an ssh command of its own, and an arping that is waited for',
      0.5,
      {
        attach: () =>
          each(host, [...steps, `nsenter -t $pid -n arping -c 1 -A -I eth1 ${address.split('/')[0]}`]),
        detach: () => each(host, stepsBack),
      },
    ),

  'set-vfs': ({ sh, sriov }) => {
    const set = (/** @type {number} */ count) => ({
      name: `set-vfs ${count ? '0→7' : '7→0'}`,
      aim: 1.3,
      ours: () => sriov('set-vfs', pf, String(count), '--yes'),
      theirs: () =>
        sh(`echo ${count} >/sys/class/net/${pf}/device/sriov_numvfs || exit
          until [ "$(ls /sys/class/net | grep -c '^${pf}v')" = ${count} ]; do sleep 0.05; done`),
      async check() {
        const there = Number(await sh(`ls /sys/class/net | grep -c '^${pf}v' || :`));
        must(there === count, `${pf} has ${there} VFs, not ${count}`);
      },
    });
    return {
      ...{ name: 'set-vfs', vfs: 0, against: 'a bare write to sriov_numvfs, and waiting for the devices' },
      state: () => sh(everything),
      phases: [set(7), set(0)],
    };
  },
};

/**
 * The shell that brings the cards into the state before a bench.
 *
 * @param {number} vfs
 */
export const preparation = (vfs) => `for count in /sys/class/net/*/device/sriov_numvfs; do
  name=\${count#/sys/class/net/} name=\${name%%/*}
  case $name in *v*) continue ;; ${pf}) want=${vfs} ;; *) want=7 ;; esac
  ip link set "$name" up
  [ "$(cat "$count")" = "$want" ] || { echo 0 >"$count"; echo "$want" >"$count"; }
done
udevadm settle
for t in $(seq 100); do
  [ "$(ls /sys/class/net | grep -c '^enp[0-9]*s0v')" = ${56 + vfs} ] && exit
  sleep 0.2
done
echo 'There are not as many VFs as there should be.' >&2
exit 1`;

const bareLook = `ip -j link show; ip -j addr show; ip -j route show table all
for total in /sys/bus/pci/devices/*/sriov_totalvfs; do
  at=\${total%/*}
  grep -Hs '' $at/vendor $at/device $at/numa_node $at/sriov_*
  ls -l $at/driver $at/virtfn*
done
docker inspect $(docker ps -aq)
ids=$(podman ps -aq)
[ -z "$ids" ] || podman inspect $ids
for pid in $(docker inspect -f '{{.State.Pid}}' $(docker ps -q)); do nsenter -t $pid -n ip -j addr show; done`;

const lspciLook = `lspci -Dvmmnnk; ip -d link
for id in $(docker ps -aq); do docker inspect $id; done`;

const catLook = `for total in /sys/bus/pci/devices/*/sriov_totalvfs; do
  at=\${total%/*}
  for file in $at/vendor $at/device $at/numa_node $at/sriov_* $at/resource $at/*_link_* $at/virtfn*/numa_node $at/net/*/speed; do
    cat $file 2>/dev/null
  done
  for link in $at/driver $at/iommu_group $at/virtfn* $at/virtfn*/driver $at/virtfn*/iommu_group; do readlink $link; done
done; :`;

/**
 * Our whole look against a program that `seen` counts in: both have to show everything.
 *
 * @param {LabHost} host
 * @param {string} name
 * @param {number} aim
 * @param {string} program
 * @param {(printed: string) => { vfs: number, containers: number }} seen
 * @returns {Bench['phases'][number]}
 */
const looking = ({ sh, sriov }, name, aim, program, seen) => ({
  ...{ name, aim, ours: () => sriov('inventory', '--json'), theirs: () => sh(program) },
  check: (printed, whose) => showsAll(whose === 'ours' ? listed(printed) : seen(printed)),
});

/**
 * @param {string} printed
 * @param {RegExp} vf
 */
const counted = (printed, vf) => ({
  vfs: printed.match(vf)?.length ?? 0,
  containers: printed.match(/"PidsLimit"/g)?.length ?? 0,
});

/** @param {{ vfs: number, containers: number }} found */
function showsAll({ vfs, containers }) {
  must(vfs === 63, `it shows ${vfs} VFs, not 63`);
  must(containers >= 10, `it shows ${containers} containers, not 10`);
}

/** @param {string} printed */
function listed(printed) {
  /** @type {import('../src/model/snapshot.ts').HostSnapshot} */
  const { pfs, containers } = JSON.parse(printed);
  return { vfs: pfs.flatMap((one) => one.vfs).length, containers: containers.length };
}

const pid = `pid=$(docker inspect -f '{{.State.Pid}}' fw)`;
const steps = [
  `ip link set ${vf} netns $pid name eth1`,
  `nsenter -t $pid -n ip addr add ${address} dev eth1`,
  'nsenter -t $pid -n ip link set eth1 up',
];
const stepsBack = [
  'nsenter -t $pid -n ip link set eth1 down',
  `nsenter -t $pid -n ip link set eth1 netns 1 name ${vf}`,
];

const typed = 'the same steps typed as one ssh command; no lock, record, check or journal';

/** @param {LabHost} host */
const asTyped = ({ sh }) => ({
  attach: () => sh(`${pid}; ${steps.join(' && ')}`),
  detach: () => sh(`${pid}; ${stepsBack.join(' && ')}`),
});

/**
 * @param {LabHost} host
 * @param {string[]} commands
 */
async function each({ sh }, commands) {
  const found = (await sh(`${pid}; echo $pid`)).trim();
  for (const one of commands) await sh(`pid=${found}; ${one}`);
  return '';
}

/**
 * @param {LabHost} host
 * @param {string} name
 * @param {string} against
 * @param {number} aim
 * @param {{ attach: () => Promise<string>, detach: () => Promise<string> }} theirs
 * @returns {LabBench}
 */
function attaching({ sh, sriov }, name, against, aim, theirs) {
  const inside = () => sh(`${pid}; nsenter -t $pid -n ip -br addr show eth1 2>/dev/null || :`);
  return {
    ...{ name, against, vfs: 7, state: () => sh(everything) },
    phases: [
      {
        ...{ name, aim, theirs: theirs.attach },
        ours: () => sriov('attach', `${pf}:1`, 'fw', '--name', 'eth1', '--address', address),
        async check() {
          const said = await inside();
          must(/^eth1 +(UP|UNKNOWN) .*10\.9\.0\.1\/24/.test(said), `fw has no eth1 with ${address}: ${said}`);
        },
      },
      {
        ...{ name: name.replace('attach', 'detach'), aim, theirs: theirs.detach },
        ours: () => sriov('detach', `${pf}:1`),
        async check() {
          must((await inside()) === '', 'fw still has eth1');
        },
      },
    ],
  };
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
