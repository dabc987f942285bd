import { expect, test } from 'vitest';
import { startsIn } from '../../../lab/starts.mjs';

/** Two logins: the counter's own shell, and a program with the name of nobody's; beside them the machine's own. */
const before = `310
1 0 systemd
100 1 sshd
300 100 sshd-session
310 300 sh
311 310 sh
312 311 ps
200 100 sshd-session
210 200 sh
400 1 cron`;

const traced = (lines: string[], written = lines.length) =>
  [
    '# tracer: nop',
    `# entries-in-buffer/entries-written: ${lines.length}/${written}   #P:2`,
    '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
    ...lines.map((line) => `            some-123     [001] ..... ${line}`),
  ].join('\n');

const fork = (at: number, parent: string, child: string) => {
  const [[name, pid], [childName, childPid]] = [parent.split('/'), child.split('/')];
  return `${at.toFixed(6)}: sched_process_fork: comm=${name} pid=${pid} child_comm=${childName} child_pid=${childPid}`;
};
const exec = (at: number, pid: number, file: string) =>
  `${at.toFixed(6)}: sched_process_exec: filename=${file} pid=${pid} old_pid=${pid}`;
const exit = (at: number, pid: number) =>
  `${at.toFixed(6)}: sched_process_exit: comm=some pid=${pid} prio=120 group_dead=true`;

test('what a login and all its descendants start is told from what the machine and the counter do', () => {
  const starts = startsIn(
    before,
    traced([
      fork(10, 'sshd-session/200', 'sshd-session/500'),
      exec(10.1, 500, '/bin/bash'),
      exec(10.2, 500, '/usr/bin/sh'),
      fork(10.3, 'sh/500', 'sh/501'),
      fork(10.4, 'sh/501', 'sh/502'),
      exec(10.5, 502, '/usr/bin/stat'),
      fork(10.6, 'cron/400', 'cron/600'),
      exec(10.7, 600, '/usr/bin/a program'),
      fork(10.8, 'sh/310', 'sh/700'),
      fork(10.9, 'sh/700', 'sh/701'),
      exec(11, 701, '/usr/bin/cat'),
      exit(12, 500),
      fork(13, 'sh/210', 'sh/800'),
      exec(13.1, 800, '/usr/bin/sleep'),
    ]),
  );
  expect(starts).toEqual([
    { program: 'sh', isByLogin: true, seconds: 2 },
    { program: 'stat', isByLogin: true, seconds: undefined },
    { program: 'a program', isByLogin: false, seconds: undefined },
    { program: 'sleep', isByLogin: true, seconds: undefined },
  ]);
});

test('a new login is one, and is not itself a command that it was given', () => {
  const starts = startsIn(
    before,
    traced([
      fork(10, 'sshd/100', 'sshd/500'),
      exec(10.1, 500, '/usr/lib/openssh/sshd-session'),
      fork(10.2, 'sshd-session/500', 'sshd-session/501'),
      exec(10.3, 501, '/bin/bash'),
      fork(11.3, 'bash/501', 'bash/502'),
    ]),
  );
  expect(starts.map(({ program, seconds }) => [program, seconds?.toFixed(1)])).toEqual([
    ['sshd-session', undefined],
    ['bash', '1.1'],
  ]);
});

test('where the kernel dropped something, nothing is counted', () => {
  expect(() => startsIn(before, traced([fork(1, 'sh/1', 'sh/2')], 2))).toThrow(/did not keep everything/);
});
