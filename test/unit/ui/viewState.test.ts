import { expect, test } from 'vitest';
import type { EngineStatus } from '../../../src/model/snapshot';
import type { HostState } from '../../../src/ui/hosts/currentHost';
import { lostMessage, viewDescription, viewTokens } from '../../../src/ui/hosts/viewState';
import { statusText } from '../../../src/ui/status/statusText';
import { bareHost } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

const admin = { state: 'admin' as const };
const lost = { state: 'lost' as const, reason: 'it broke', since: '', detail: '' };
const checked = { findings: [], purpose: 'netdev' as const, at: new Date() };
const tokens = (host: Partial<Parameters<typeof viewTokens>[0]>) =>
  viewTokens({
    ...{ connection: admin, snapshot: undefined, readiness: checked, failedAt: undefined, isChecking: false },
    ...host,
  });

test('why a view may be empty', () => {
  expect(tokens({ connection: { state: 'none' } })).toBe(';none;');
  expect(tokens({ connection: { state: 'connecting' } })).toBe(';initializing;');
  expect(tokens({ connection: { state: 'unsupported', reason: '' } })).toBe(';unsupported;');
  expect(tokens({ connection: lost })).toBe(';error;connect;');
  expect(tokens({ connection: lost, failedAt: 'login' })).toBe(';error;login;');
  expect(tokens({ snapshot: hostWithAttachment() })).toBe(';;');
  expect(tokens({ snapshot: hostWithAttachment(), readiness: undefined })).toBe(';notChecked;');
  expect(tokens({ snapshot: bareHost({ pfs: [] }) })).toBe(';noPf;noContainers;');
});

test.each<[EngineStatus['status'][], string]>([
  [['absent', 'absent'], ';noRuntime;'],
  [['denied', 'ok'], ';denied;'],
  [['not-running', 'absent'], ';engineStopped;'],
  [['ok', 'absent'], ';noContainers;'],
  [['error', 'absent'], ';noRuntime;'],
])('no container, engines %o', (states, expected) => {
  const engines = states.map((status, index) => ({
    engine: index ? 'podman' : 'docker',
    status,
    detail: '',
  }));
  expect(tokens({ snapshot: bareHost({ engines: engines as EngineStatus[] }) })).toBe(expected);
});

test('the description of the view names the host, and its state unless all is well', () => {
  const snapshot = bareHost();
  expect(viewDescription({ connection: admin, id: 'lab', snapshot })).toBe('lab');
  expect(viewDescription({ connection: { state: 'limited' }, id: 'local', snapshot })).toBe('lab · limited');
  expect(viewDescription({ connection: { state: 'connecting' }, id: 'local', snapshot: undefined })).toBe(
    'this machine · connecting…',
  );
  expect(
    viewDescription({ connection: { state: 'none' }, id: undefined, snapshot: undefined }),
  ).toBeUndefined();
});

test('a lost host: how old the data is, and when the next try is', () => {
  const host = { connection: lost, id: 'lab', snapshot: bareHost() };
  expect(lostMessage(host, 5000, 0)).toMatch(
    /^Connection to lab lost; showing data from \d\d:04:05\. Reconnecting in 5 s\.$/,
  );
  expect(lostMessage(host, undefined, 0)).toMatch(/from \d\d:04:05\.$/);
  expect(lostMessage({ ...host, connection: admin }, undefined, 0)).toBeUndefined();
});

const live = { by: 'events' } as const;

test('the status bar: VFs over what the adapters offer; a warning only when something is wrong', () => {
  const host = { connection: admin, id: 'lab', snapshot: hostWithAttachment() };
  expect(statusText(host, 0, live)).toMatchObject({ text: '$(circuit-board) lab: 2/7', isWarning: false });
  expect(statusText({ ...host, connection: lost }, 2, live)).toMatchObject({
    text: '$(warning) lab: 2/7',
    isWarning: true,
  });
  expect(statusText({ ...host, connection: lost }, 1, live)?.isWarning).toBe(false);
  expect(statusText({ ...host, id: '$(trash)' }, 0, live)?.text).toBe('$(circuit-board) \\$(trash): 2/7');
  expect(statusText({ ...host, snapshot: undefined }, 0, live)).toBeUndefined();
});

test('its tooltip links to what is done most', () => {
  const host = { connection: admin, id: 'lab', snapshot: hostWithAttachment() };
  const linked = (connection: HostState) =>
    statusText({ ...host, connection }, 0, live)?.links.map(({ title }) => title);
  expect(linked(admin)).toEqual(['Refresh', 'Show Change History', 'Show Log']);
  expect(linked({ state: 'limited' })?.[0]).toBe('Turn On Administrative Access');
  expect(linked(lost)).toEqual(['Reconnect', 'Show Log']);
});

test.each([
  [live, 'Live'],
  [
    { by: 'reads', every: 10, why: '"udevadm monitor" does not\nrun' },
    'Read every 10 s: "udevadm monitor" does not�run',
  ],
  [{ by: 'nothing' }, 'Paused until an SR-IOV view is visible and the window has focus'],
  [{ by: 'hand' }, 'Only when you refresh'],
] as const)('the status bar says how it is kept up to date: %j', (updates, text) => {
  const host = { connection: admin, id: 'lab', snapshot: hostWithAttachment() };
  expect(new Map(statusText(host, 0, updates)?.tooltip).get('Updates')).toBe(text);
  expect(
    new Map(statusText({ ...host, connection: lost }, 1, updates)?.tooltip).get('Updates'),
  ).toBeUndefined();
});
