import { describe, expect, test } from 'vitest';
import { configureRequest } from '../../../src/cli/configure';
import { vfTable } from '../printed';
import { parse } from '../../../src/cli/parse';
import { factsOf, offered } from '../../../src/model/driverFacts';
import type { VirtualFunction } from '../../../src/model/functions';
import { isRefusal } from '../../../src/model/plan';
import type { ConfigureRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { planChange } from '../../../src/planning/plan';
import { fieldsOf } from '../../../src/ui/changes/configureFields';
import { linesOf, type Tooltip } from '../../../src/ui/tree/facts';
import { vfRow } from '../../../src/ui/tree/vfRow';
import { host, pf, vf } from '../hosts/host';
import { planned } from '../planning/planning';

/** Attributes that few drivers have, which no lab machine shows. */

const withDriver = (driver: string, more: Partial<VirtualFunction> = {}): HostSnapshot =>
  host({ pfs: [pf([vf(0, more)], { driver })] });
const typed = (...args: string[]): ConfigureRequest => {
  const { positionals, values } = parse(['configure', 'enp1s0:0', ...args]);
  return configureRequest(positionals, values) as ConfigureRequest;
};
const refusal = (snapshot: HostSnapshot, request: ConfigureRequest): string => {
  const plan = planChange(snapshot, request);
  return isRefusal(plan) ? `${plan.code}: ${plan.reason}` : plan.title;
};
const rowsOf = (snapshot: HostSnapshot): string[] => {
  const [adapter] = snapshot.pfs;
  return fieldsOf(snapshot, adapter!, adapter!.vfs[0]!).map(({ attribute }) => attribute);
};
const tooltipOf = (snapshot: HostSnapshot): Tooltip => {
  const [adapter] = snapshot.pfs;
  return linesOf(vfRow(snapshot, adapter!, adapter!.vfs[0]!).tooltip);
};

describe('query_rss', () => {
  const on = typed('--query-rss', 'on');

  test('ixgbe takes it', () => {
    expect(planned(withDriver('ixgbe', { queryRss: false }), on).steps).toMatchObject([
      {
        title: 'Set the RSS query of VF 0 to on on enp1s0',
        apply: ['set_vf', 'enp1s0', '0', 'RSS query on', '"query_rss_en":true', 'query_rss', 'on'],
        undo: ['set_vf', 'enp1s0', '0', 'RSS query off', '"query_rss_en":false', 'query_rss', 'off'],
      },
    ]);
    expect(rowsOf(withDriver('ixgbe', { queryRss: false }))).toContain('queryRss');
  });

  test('of the drivers that are known no other does, whatever it reports', () => {
    expect(refusal(withDriver('mlx5_core', { queryRss: false }), on)).toBe(
      'invalid: The driver of enp1s0 (mlx5_core) has no RSS query for its VFs; ixgbe does.',
    );
    expect(refusal(withDriver('igb'), on)).toMatch(/^invalid: .*\(igb\) has no RSS query/);
    expect(offered(pf([], { driver: 'igb' }))).not.toContain('queryRss');
  });

  test('a driver that is not known is asked where it reports it', () => {
    expect(factsOf('unheard_of')).toBeUndefined();
    expect(rowsOf(withDriver('unheard_of', { queryRss: true }))).toContain('queryRss');
    expect(rowsOf(withDriver('unheard_of'))).not.toContain('queryRss');
    expect(refusal(withDriver('unheard_of'), on)).toMatch(/^unknown-state: .*does not report the RSS query/);
  });

  test('is shown where it is reported', () => {
    expect(tooltipOf(withDriver('ixgbe', { queryRss: true }))).toContainEqual(['RSS query', 'on']);
    expect(JSON.stringify(tooltipOf(withDriver('ixgbe')))).not.toContain('RSS');
    expect(vfTable([vf(0, { queryRss: true })], [])).toContain('query-rss on');
    expect(vfTable([vf(0)], [])).not.toContain('query-rss');
    expect(JSON.parse(JSON.stringify(vf(0)))).toHaveProperty('queryRss', null);
  });

  test('is on or off', () => {
    expect(() => typed('--query-rss', 'yes')).toThrow('--query-rss must be on or off, not "yes".');
  });
});

describe('GUIDs of InfiniBand', () => {
  const none = '00:00:00:00:00:00:00:00';
  const guid = '02:11:22:33:44:55:66:77';
  const both = typed('--node-guid', '0211:2233:4455:6677', '--port-guid', '0x0211223344556677');
  const infiniBand = (more: Partial<VirtualFunction> = {}) =>
    withDriver('mlx5_core', { nodeGuid: none, portGuid: none, ...more });

  test('mlx5_core takes both, in any of the usual spellings', () => {
    const shouted = { ...both, nodeGuid: '02:11:22:33:44:55:66:77'.toUpperCase() };
    for (const request of [both, shouted]) {
      const plan = planned(infiniBand(), request);
      expect(plan.steps.map(({ apply }) => apply.slice(3))).toEqual([
        [`node GUID ${guid}`, `"node guid":"${guid}"`, 'node_guid', guid],
        [`port GUID ${guid}`, `"port guid":"${guid}"`, 'port_guid', guid],
      ]);
      expect(plan.promises).toMatchObject([{ settings: { nodeGuid: guid, portGuid: guid } }]);
    }
    expect(rowsOf(infiniBand())).toEqual(expect.arrayContaining(['nodeGuid', 'portGuid']));
  });

  test('an Ethernet port of the same driver reports none, which is said', () => {
    expect(refusal(withDriver('mlx5_core'), both)).toBe(
      'unknown-state: enp1s0 does not report the node GUID of its VFs, so a change could not be undone. Only VFs of an InfiniBand port have one, and iproute2 5.5 or newer shows it.',
    );
    expect(rowsOf(withDriver('mlx5_core'))).not.toContain('nodeGuid');
  });

  test('the other drivers that are known are refused', () => {
    expect(refusal(withDriver('ice'), both)).toBe(
      'invalid: The driver of enp1s0 (ice) has no node GUID for its VFs; mlx5_core does.',
    );
  });

  test('a text that is none', () => {
    for (const text of ['02:11:22:33:44:55', 'x', `${guid}:88`]) {
      expect(() => typed('--node-guid', text)).toThrow('is not a GUID of eight bytes');
      expect(refusal(infiniBand(), { ...both, portGuid: text })).toMatch(/^invalid: .*eight bytes/);
    }
  });

  test('is shown where it is set', () => {
    expect(tooltipOf(infiniBand({ nodeGuid: guid }))).toContainEqual(['Node GUID', guid]);
    expect(JSON.stringify(tooltipOf(infiniBand()))).not.toContain('GUID');
  });
});
