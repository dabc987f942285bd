/**
 * A process that was started on a machine and runs a program of its own.
 *
 * @typedef {object} Start
 * @property {string} program
 * @property {boolean} isByLogin by somebody who is logged in, other than who counts
 * @property {number | undefined} seconds how long it ran, where it is a command that ssh was given
 */

/** @typedef {'counter' | 'login' | 'machine'} Owner who stands at the top of a process's ancestors */
/** @typedef {{ program?: string, owner: Owner, isOfSshd: boolean, from: number, to?: number }} Process `isOfSshd`: its child */

const tracing = '/sys/kernel/tracing';
const events = ['fork', 'exec', 'exit'].map((event) => `events/sched/sched_process_${event}/enable`);
const switched = (/** @type {0 | 1} */ on) => `for one in ${events.join(' ')}; do echo ${on} >$one; done`;

/**
 * Has a machine's kernel list what is started there from now on. Returns what ends that.
 *
 * @param {import('./shell.mjs').Shell} shell
 * @returns {Promise<() => Promise<Start[]>>}
 */
export async function countStarts({ run }) {
  const before = await run(`mountpoint -q ${tracing} || mount -t tracefs tracefs ${tracing} || exit
    cd ${tracing} && echo 0 >tracing_on && echo 8192 >buffer_size_kb && echo >trace && ${switched(1)}
    echo 1 >tracing_on; echo "$$"; ps -eo pid=,ppid=,comm=`);
  return async () =>
    startsIn(
      before,
      await run(`cd ${tracing} && echo 0 >tracing_on && cat trace; ${switched(0)}; echo >trace`),
    );
}

/**
 * @param {string} before the process that counts, then all there were: PID PARENT NAME
 * @param {string} trace
 * @returns {Start[]}
 */
export function startsIn(before, trace) {
  const [, written, kept] = trace.match(/entries-in-buffer\/entries-written: (\d+)\/(\d+)/) ?? [];
  if (!written || written !== kept) throw new Error('The kernel did not keep everything that was started.');
  const owners = ownersOf(before);
  /** @type {Map<string, Process>} */
  const running = new Map();
  /** @type {Process[]} */
  const all = [];
  let now = 0;
  for (const line of trace.split('\n')) {
    const [, seconds, event, facts = ''] = line.match(/ (\d+\.\d+): sched_process_(\w+): (.*)$/) ?? [];
    if (event === undefined) continue;
    now = Number(seconds);
    if (event === 'fork') {
      const [, name = '', parent = '', pid = ''] =
        facts.match(/^comm=(.*) pid=(\d+) child_comm=.* child_pid=(\d+)$/) ?? [];
      const owner = owners.get(parent) ?? 'machine';
      owners.set(pid, owner);
      /** @type {Process} */
      const one = { owner, isOfSshd: isSshd(name), from: now };
      running.set(pid, one);
      all.push(one);
    } else {
      const [, program, pid = ''] = facts.match(/^(?:filename|comm)=(.*?) pid=(\d+)/) ?? [];
      const one = running.get(pid);
      if (one && event === 'exec') one.program = program;
      else if (one) one.to = now;
    }
  }
  return all.flatMap(({ program, owner, isOfSshd, from, to = now }) =>
    program === undefined || owner === 'counter'
      ? []
      : {
          program: program.replace(/.*\//, ''),
          isByLogin: owner === 'login',
          seconds: isOfSshd && !isSshd(program) ? to - from : undefined,
        },
  );
}

/**
 * @param {string} before
 * @returns {Map<string, Owner>}
 */
function ownersOf(before) {
  const [own = '', ...lines] = before.split('\n').map((line) => line.trim());
  const there = new Map(
    lines.map((line) => {
      const [pid = '', parent = '', name = ''] = line.split(/\s+/);
      return [pid, { parent, name }];
    }),
  );
  /** @type {(pid: string) => Owner} */
  const owner = (pid) => {
    const { name, parent } = there.get(pid) ?? {};
    if (pid === own) return 'counter';
    if (name === undefined || parent === undefined) return 'machine';
    return isSshd(name) ? 'login' : owner(parent);
  };
  return new Map([...there.keys()].map((pid) => [pid, owner(pid)]));
}

const isSshd = (/** @type {string} */ program) => /^(.*\/)?sshd(-session|-auth)?$/.test(program);
