import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEngines } from '../../../src/inventory/engines';
import { fromProbe } from './fromProbe';
import shell from '../../../src/inventory/engines/shims.sh';
import { sections, type Section } from '../../../src/inventory/sections';

const folder = mkdtempSync(join(tmpdir(), 'shims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shim {
  uid?: string;
  exe?: string;
  exeOwner?: number;
  pidNamespace?: number;
  argv?: string[];
  children?: string;
  init?: string;
  annotations?: Record<string, string>;
}
const id = (letter: string) => letter.repeat(64);
const real = { argv: ['-namespace', 'k8s.io', '-id', id('a'), '-address', '/run/c.sock'], children: '70 ' };

/** The shell on a made-up /proc; `stat` says what is written down beside a file. */
function look(shims: Record<number, Shim>): Section[] {
  const root = mkdtempSync(join(folder, 'root-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  put(
    'bin/stat',
    `#!/bin/sh
[ "$*" = "\${*#-L}" ] && exec /usr/bin/stat "$@"
for path do case $path in /*) echo "$(cat "$path.stat") $path" ;; esac; done
`,
  );
  put('proc/self/ns/pid.stat', '40');
  for (const [pid, shim] of Object.entries(shims)) {
    const at = `proc/${pid}`;
    put(`${at}/comm`, 'containerd-shim\n');
    put(`${at}/status`, `Name:\tcontainerd-shim\nUid:\t${shim.uid ?? '0\t0\t0\t0'}\n`);
    put(`${at}/cmdline`, ['/usr/bin/shim', ...(shim.argv ?? real.argv)].map((one) => `${one}\0`).join(''));
    put(`${at}/task/${pid}/children`, '');
    put(`${at}/task/${pid}1/children`, shim.children ?? real.children);
    put(`${at}/exe.stat`, `${shim.exeOwner ?? 0}`);
    put(`${at}/ns/pid.stat`, `${shim.pidNamespace ?? 40}`);
    symlinkSync(shim.exe ?? '/usr/bin/containerd-shim-runc-v2', join(root, at, 'exe'));
    if (shim.init !== undefined) put(`${at}/cwd/init.pid`, shim.init);
    put(`${at}/cwd/config.json`, JSON.stringify({ env: [`X="nerdctl/name":"no"`], ...shim }));
  }
  const stdout = execFileSync('sh', ['-s'], {
    input: `${fromProbe()}${shell.replaceAll('/proc/', `${root}/proc/`)}\nask_shims; :\n`,
    encoding: 'utf8',
    env: { PATH: `${root}/bin:/usr/bin:/bin` },
  });
  return sections(stdout, 'N');
}

const seen = (shims: Record<number, Shim>, more: Section[] = []) => {
  const { engines, containers } = readEngines([...more, ...look(shims)], { user: 'root', groups: '' });
  const own = containers.find(({ engine }) => engine === 'containerd')!.containers;
  return { own, isListed: engines.some(({ engine }) => engine === 'containerd') };
};

test('a container is its first process, whatever else was run in it', () => {
  const { own, isListed } = seen({ 10: { ...real, children: '69 70 71 ', init: '70' } });
  expect(own).toEqual([
    {
      ...{ id: id('a'), name: `k8s.io/${'a'.repeat(12)}`, image: null },
      ...{ state: 'running', pid: 70, networkMode: null },
    },
  ]);
  expect(isListed).toBe(true);
});

test('without its pid file, the first child', () => {
  expect(seen({ 10: { ...real, children: '70 71 ' } }).own.map(({ pid }) => pid)).toEqual([70]);
  expect(seen({ 10: { ...real, children: '70 ', init: '1' } }).own.map(({ pid }) => pid)).toEqual([70]);
});

test.each<[string, Shim, string, string]>([
  ['of nerdctl', { annotations: { 'nerdctl/name': 'web' } }, id('a'), 'web'],
  [
    'of ctr, whose ids people choose',
    { argv: ['-namespace', 'default', '-id', 'my.fw_1'] },
    'default/my.fw_1',
    'default/my.fw_1',
  ],
  [
    'of a pod',
    {
      annotations: {
        'io.kubernetes.cri.container-type': 'sandbox',
        'io.kubernetes.cri.sandbox-name': 'web-7d4b9',
      },
    },
    id('a'),
    'web-7d4b9',
  ],
])('the name of one %s', (_, shim, itsId, name) => {
  expect(seen({ 10: shim }).own).toMatchObject([{ id: itsId, name }]);
});

test('a pod is one row, also where each of its containers has a shim', () => {
  const app = {
    argv: ['-namespace', 'k8s.io', '-id', id('b')],
    children: '80 ',
    annotations: {
      'io.kubernetes.cri.container-type': 'container',
      'io.kubernetes.cri.sandbox-id': id('a'),
      'io.kubernetes.cri.sandbox-name': 'pod',
    },
  };
  const sandbox = { annotations: { 'io.kubernetes.cri.sandbox-name': 'pod' } };
  expect(seen({ 10: sandbox, 11: app }).own.map(({ pid }) => pid)).toEqual([70]);
  expect(seen({ 11: app }).own.map(({ pid }) => pid)).toEqual([80]);
});

test('what Docker lists is Docker’s; where it can’t be asked, its containers are seen all the same', () => {
  const line = JSON.stringify({ id: id('a'), name: '/fw', state: 'running', pid: 70 });
  const docker = [
    { name: 'engine docker', body: 'ok' },
    { name: 'containers docker', body: line },
  ];
  const moby = { argv: ['-namespace', 'moby', '-id', id('a')] };
  expect(seen({ 10: moby }, docker)).toEqual({ own: [], isListed: false });
  expect(seen({ 10: moby }).own.map(({ name }) => name)).toEqual([`moby/${'a'.repeat(12)}`]);
  const removed = { argv: ['-namespace', 'moby', '-id', id('b')] };
  expect(seen({ 10: removed }, docker)).toEqual({ own: [], isListed: false });
});

test('one on the host’s own network is said to be', () => {
  const namespaces = [
    { name: 'netns-self', body: '5\n' },
    { name: 'process-namespaces', body: '5 /proc/70/ns/net\n' },
  ];
  expect(seen({ 10: {} }, namespaces).own.map(({ networkMode }) => networkMode)).toEqual(['host']);
});

test.each<[string, Shim]>([
  ['of a user', { uid: '1000\t1000\t1000\t1000' }],
  ['that a user began with the rights of root', { uid: '1000\t0\t0\t0' }],
  ['that is a user’s program', { exeOwner: 1000 }],
  ['that is another program of root’s by a link', { exe: '/usr/bin/su' }],
  ['in a container', { pidNamespace: 41 }],
  ['without a container', { children: '' }],
  ['for a namespace that containerd would not take', { argv: ['-namespace', '../x', '-id', 'y'] }],
  ['for an id that containerd would not take', { argv: ['-namespace', 'x', '-id', '$(touch y)'] }],
])('a process called like a shim %s proves nothing', (_, shim) => {
  expect(seen({ 10: shim })).toEqual({ own: [], isListed: false });
});
