import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEngines } from '../../../src/inventory/engines';
import { fromProbe } from './fromProbe';
import shell from '../../../src/inventory/engines/client.sh';
import { sections } from '../../../src/inventory/sections';

const folder = mkdtempSync(join(tmpdir(), 'socket-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const id = (letter: string) => letter.repeat(64);
/** Shaped as Docker 26.1 answers, shortened. */
const listed = [
  {
    ...{ Id: id('a'), Names: ['/web/upstream', '/fw'], Image: 'alpine', ImageID: `sha256:${id('e')}` },
    ...{ State: 'running', Labels: { Id: 'f', Pid: '7', note: '"Pid":8, {"Id":"', 'sriov.group': 'edge' } },
    HostConfig: { NetworkMode: 'none' },
  },
  { Id: id('b'), Names: ['/old'], Image: 'alpine', State: 'exited', HostConfig: { NetworkMode: 'bridge' } },
];
const inspected: Record<string, unknown> = {
  [id('a')]: {
    ...{ Id: id('a'), Args: ['"Pid":9'], State: { Status: 'running', Pid: 70, ExitCode: 0 }, Name: '/fw' },
    ...{
      HostConfig: { PidMode: '', PidsLimit: null },
      Config: { Env: ['X="Pid":10'], Labels: { Pid: '7' } },
    },
  },
  [id('b')]: { Id: id('b'), State: { Status: 'exited', Pid: 0 } },
};

interface Socket {
  /** Null: it doesn't answer. */
  list?: unknown[] | null;
  one?: Record<string, unknown>;
  environment?: Record<string, string>;
  config?: object;
  without?: 'curl' | 'docker';
}

/** The shell with a curl that answers as the engine would, and a docker that answers for itself. */
function look({ list = listed, one = inspected, environment = {}, config, without }: Socket = {}) {
  const root = mkdtempSync(join(folder, 'root-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  put('docker.sock', '');
  put('json?all=1', list === null ? '' : JSON.stringify(list));
  for (const [name, answer] of Object.entries(one)) put(`one/${name}`, JSON.stringify(answer));
  if (config) put('.docker/config.json', JSON.stringify(config));
  const curl = `#!/bin/sh
for url do case $url in
*/json?all=1) exec grep . ${root}/json?all=1 ;;
*/json) url=\${url%/json}; cat "${root}/one/\${url##*/}" 2>/dev/null || printf '{"message":"No such container"}'; echo ;;
esac done
`;
  const docker = `#!/bin/sh
case $1 in ps) echo ${id('c')} ;; inspect) echo '{"id":"${id('c')}","name":"/asked","state":"running","pid":71}' ;; esac
`;
  if (without !== 'curl') put('bin/curl', curl);
  if (without !== 'docker') put('bin/docker', docker);
  for (const tool of ['sh', 'grep', 'sed', 'cat', 'stat'])
    put(`bin/${tool}`, `#!/bin/sh\nexec /usr/bin/${tool} "$@"\n`);
  const stdout = execFileSync('/bin/sh', ['-s'], {
    input: `${fromProbe()}${shell}\nask_socket docker Id ${root}/docker.sock\n`,
    encoding: 'utf8',
    env: { PATH: `${root}/bin`, HOME: root, ...environment },
  });
  const { engines, containers } = readEngines(sections(stdout, 'N'), { user: 'root', groups: '' });
  const find = <One extends { engine: string }>(all: One[]) => all.find(({ engine }) => engine === 'docker');
  return { status: find(engines)?.status, containers: find(containers)?.containers ?? [] };
}

test('what it lists, each with its process, whatever a label says', () => {
  expect(look()).toEqual({
    status: 'ok',
    containers: [
      {
        ...{ id: id('a'), name: 'fw', image: 'alpine', state: 'running', pid: 70, networkMode: 'none' },
        group: 'edge',
      },
      { id: id('b'), name: 'old', image: 'alpine', state: 'exited', pid: 0, networkMode: 'bridge' },
    ],
  });
});

test('an engine without containers has none', () => {
  expect(look({ list: [] })).toEqual({ status: 'ok', containers: [] });
});

describe('the client is asked instead', () => {
  test.each<[string, Socket]>([
    ['where nothing answers', { list: null }],
    ['where a container ended meanwhile', { one: { [id('a')]: inspected[id('a')] } }],
    ['where the answer has another shape', { one: { ...inspected, [id('b')]: { State: {}, Id: id('b') } } }],
    ['without curl', { without: 'curl' }],
    ['where the environment leads elsewhere', { environment: { DOCKER_HOST: 'ssh://other' } }],
    ['where the environment names a context', { environment: { DOCKER_CONTEXT: 'other' } }],
    ['where its settings name a context', { config: { currentContext: 'other' } }],
  ])('%s', (_, socket) => {
    expect(look(socket).containers.map(({ name }) => name)).toEqual(['asked']);
  });
});

test('without a client there is no engine', () => {
  expect(look({ without: 'docker' })).toEqual({ status: 'absent', containers: [] });
});
