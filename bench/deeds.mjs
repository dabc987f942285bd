/**
 * What is done by hand on a host, each row leading from the state that the one before left, and how it is seen.
 *
 * @typedef {object} Deed
 * @property {string} name
 * @property {string} does
 * @property {RegExp} line what a bare monitor prints of it
 * @property {number} [lines] so many of these; default 1
 * @property {RegExp} rows what is then in the trees, as lines of label and description
 */

const pf = 'enp1s0';
const vf = `${pf}v1`;
const pid = `$(docker inspect -f '{{.State.Pid}}' fw)`;

/** @type {Deed[]} */
export const deeds = [
  { name: 'ip link', does: `ip link set ${vf} name other`, line: /\d: other: </, rows: /^VF 1 other/m },
  {
    name: 'ip link',
    does: `ip link set other name ${vf}`,
    line: /\d: enp1s0v1: </,
    rows: /^VF 1 enp1s0v1 /m,
  },
  { name: 'docker stop', does: 'docker stop -t 0 router', line: / container die /, rows: /^router exited/m },
  { name: 'docker start', does: 'docker start router', line: / container start /, rows: /^router running/m },
  {
    name: 'VF into a container',
    does: `ip link set ${vf} netns ${pid}`,
    line: /^Deleted \d+: enp1s0v1/,
    rows: /^VF 1 .*→ fw/m,
  },
  {
    name: 'VF back',
    does: `nsenter -t ${pid} -n ip link set ${vf} netns 1`,
    line: /^\d+: enp1s0v1: </,
    rows: /^VF 1 enp1s0v1 · free/m,
  },
  {
    name: 'sriov_numvfs 7→0',
    does: `echo 0 >/sys/class/net/${pf}/device/sriov_numvfs`,
    ...{ line: /^UDEV .* remove .* \(pci\)/, lines: 7, rows: /^enp1s0 0 of 7 VFs/m },
  },
  {
    name: 'sriov_numvfs 0→7',
    does: `echo 7 >/sys/class/net/${pf}/device/sriov_numvfs`,
    ...{ line: /^UDEV .* add .*\/enp1s0v\d \(net\)/, lines: 7, rows: /(^VF \d enp1s0v\d.*\n){7}/m },
  },
];
