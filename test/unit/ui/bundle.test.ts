import { expect, test } from 'vitest';
import { plainLog } from '../../../src/ui/plainLog';
import { run } from '../../../src/ui/commands/run';
import { bareHost, container } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';

async function made() {
  const snapshot = bareHost({ containers: [{ ...container('payroll'), composeProject: 'acme-shop' }] });
  const bench = await fakeWorkbench(snapshot, { hosts: ['alice@vault.example.org:2222'] });
  bench.hosts.known = () =>
    Promise.resolve([
      { id: 'alice@vault.example.org:2222', source: 'saved', address: '' },
      { id: 'never-there', source: 'ssh', address: '' },
    ]);
  bench.around = () => ({ versions: { extension: '1.2.3' }, hostname: 'desk-of-bob', user: 'bobby' });
  bench.logged.push(
    'connect to alice@vault.example.org:2222 from desk-of-bob as bobby',
    'attach to payroll of acme-shop, 52:54:00:ab:cd:ef, 203.0.113.77',
    'never-there was not connected',
  );
  await run(bench, 'sriov.readiness.run');
  return bench;
}

test('it is shown before anything is written, and says what was replaced', async () => {
  const bench = await made();
  await run(bench, 'sriov.support.createBundle');
  const text = bench.shown.at(-1)?.text ?? '';
  for (const file of ['README.txt', 'versions', 'settings', 'connection', 'snapshot', 'readiness', 'log.txt'])
    expect(text).toContain(`======== ${file}`);
  expect(text).toContain('"extension": "1.2.3"');
  expect(text).toContain('"purpose": "netdev"');
  expect(text).toMatch(/masked: .*hosts \d+/);
  expect(bench.dialogs.shown.at(-1)).toMatch(/^Nothing is written yet\. .*masked: .*hosts \d+/);
  expect(bench.files.size).toBe(0);
});

test('nothing in it names a host, a person or a container', async () => {
  const bench = await made();
  await run(bench, 'sriov.support.createBundle');
  const text = bench.shown.at(-1)?.text ?? '';
  for (const name of [
    ...[
      'alice',
      'vault',
      'desk-of-bob',
      'bobby',
      'payroll',
      'acme-shop',
      '52:54:00:ab:cd:ef',
      '203.0.113.77',
    ],
    ...bench.host.snapshot!.containers.map(({ id }) => id),
  ])
    expect(text.toLowerCase()).not.toContain(name.toLowerCase());
  // A host that nobody was on is a word like any other: an alias may be one of the log's own.
  expect(text).toContain('never-there');
  expect(text).toContain('0000:');
});

test('it is written where the person says, as one file', async () => {
  const bench = await made();
  bench.dialogs.presses = ['Save…'];
  bench.savesTo = '/tmp/for-support.zip';
  await run(bench, 'sriov.support.createBundle');
  await expect.poll(() => [...bench.files.keys()]).toEqual(['/tmp/for-support.zip']);
  const bytes = Buffer.from(bench.files.get('/tmp/for-support.zip')!);
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  for (const name of ['README.txt', 'snapshot.json', 'log.txt']) expect(bytes.includes(name)).toBe(true);
});

test('it needs no host', async () => {
  const bench = await made();
  await bench.host.disconnect();
  await run(bench, 'sriov.support.createBundle');
  const text = bench.shown.at(-1)?.text ?? '';
  expect(text).toContain('"state": "none"');
  expect(text).not.toContain('desk-of-bob');
});

test('the log is kept for it, the last lines, without what programs said', () => {
  const written: string[] = [];
  const write = (line: string) => void written.push(line);
  const log = plainLog({
    ...{ trace: write, debug: write, info: write, warn: write, error: write },
    ...{ show: () => {}, dispose: () => {} },
  });
  log.trace('the output of a program');
  for (let count = 1; count <= 2001; count += 1) log.info(`line ${count}\u0007`);
  log.error('it broke');
  const lines = log.lines();
  expect(written).toHaveLength(2003);
  expect(lines).toHaveLength(2000);
  expect(lines[0]).toMatch(/^\d{4}-\S+Z info line 3/);
  expect(lines.at(-1)).toMatch(/ error it broke$/);
  expect(lines.join()).not.toMatch(/output of a program|\u0007/);
});
