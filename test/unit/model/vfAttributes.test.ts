import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/cli/parse';
import { configureRequest } from '../../../src/cli/configure';
import { help } from '../../../src/cli/help';
import { vfTable } from '../printed';
import { parseRecords } from '../../../src/inventory/records';
import type { AttachmentRecord } from '../../../src/model/attachment';
import { factsOf } from '../../../src/model/driverFacts';
import type { VirtualFunction } from '../../../src/model/functions';
import type { Plan } from '../../../src/model/plan';
import type { ConfigureRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import {
  askable,
  askableKeys,
  askables,
  fieldKeys,
  fieldsOf,
  setting,
  settingKeys,
  settingsOf,
  unknownSettings,
  valueOf,
  type Asked,
  type PfSide,
  type SettingKey,
} from '../../../src/model/vfAttributes/table';
import { bringsAlong } from '../../../src/planning/attachments/bringsAlong';
import { planChange } from '../../../src/planning/plan';
import { differences } from '../../../src/planning/verify';
import { fieldsOf as rowsOf } from '../../../src/ui/changes/configureFields';
import { container, host, pf, vf } from '../hosts/host';
import { planned } from '../planning/planning';
import { said } from './vfSaid';

/** What is typed for a value that no new VF has. A new attribute belongs in here. */
const typed: Record<keyof Asked, string> = {
  vlan: '42:3:802.1ad',
  trust: 'on',
  spoofchk: 'off',
  minTxRate: '10',
  maxTxRate: '100',
  linkState: 'enable',
  queryRss: 'on',
  nodeGuid: '02:11:22:33:44:55:66:77',
  portGuid: '02:11:22:33:44:55:66:78',
  mtu: '1400',
  mac: '02:00:00:00:00:77',
  driver: 'vfio-pci',
};

const valueTyped = (key: keyof Asked): unknown => {
  const parsed = askable(key).parse(typed[key], {});
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
};
const askedFor = (key: SettingKey): Asked =>
  Object.fromEntries(fieldsOf(key).map((one) => [one, valueTyped(one as keyof Asked)]));

/** A driver that takes it. */
const driverFor = (key: SettingKey): string =>
  fieldsOf(key).flatMap((one) => askable(one as keyof Asked).takenBy ?? [])[0] ?? 'ice';
const fresh = Object.assign(
  {},
  ...settingKeys.map((key) =>
    key === 'rates' ? { minTxRate: 0, maxTxRate: 0 } : { [key]: setting(key).fresh },
  ),
) as Partial<VirtualFunction>;
const hostOf = (key: SettingKey, more: Partial<VirtualFunction> = {}): HostSnapshot =>
  host({ pfs: [pf([vf(0, { ...fresh, ...more }), vf(1, fresh)], { driver: driverFor(key) })] });
const recordIn = ({ steps }: Plan) => JSON.parse(steps[0]!.apply[2]!) as AttachmentRecord;

test('an attribute has one option, one name and one row in the form', () => {
  for (const part of ['option', 'name', 'label'] as const) {
    const all = askableKeys.map((key) => askables[key][part]);
    expect(new Set(all).size).toBe(all.length);
  }
  for (const { option, takes } of Object.values(askables))
    expect(help('configure')).toContain(`  --${option} ${takes}`);
});

describe.each(askableKeys)('%s', (key) => {
  test('is read from the command line, printed as it is typed, and named when it is wrong', () => {
    const { positionals, values } = parse(['configure', 'enp1s0:0', `--${askables[key].option}`, typed[key]]);
    expect((configureRequest(positionals, values) as ConfigureRequest)[key]).toEqual(valueTyped(key));
    expect(askable(key).text(valueTyped(key))).toBe(typed[key]);
    expect(askable(key).parse('?', {})).toEqual({ problem: expect.stringContaining('?') as string });
  });
});

describe.each(settingKeys)('the setting %s', (key) => {
  const asked = askedFor(key);
  const to = Object.assign(
    {},
    ...fieldsOf(key).map((one) => ({ [one]: asked[one as keyof Asked] })),
  ) as object;
  const request: ConfigureRequest = { kind: 'configure', vf: 'enp1s0:0', ...asked };

  test('ip shows what its options set, and that is read as the value again', () => {
    const value = valueOf(settingsOf(said([])), key);
    const { ipOptions, shows, fresh: usual } = setting(key);
    for (const one of [valueOf({ ...unknownSettings, ...to }, key), usual] as PfSide[typeof key][]) {
      const row = said(ipOptions(one));
      expect(valueOf(settingsOf(row), key)).toEqual(one);
      const text = JSON.stringify(row);
      const pattern = shows(one);
      if (pattern === 'no VLAN') expect(text).not.toMatch(/"vlan":[1-9]/);
      else expect(text).toMatch(new RegExp(pattern, 'i'));
    }
    expect(value).toEqual(usual);
    expect(valueOf(settingsOf({ vf: 0, trust: 'on', rate: 1 }), 'trust')).toBeNull();
  });

  test('is configured, verified, and not promised where it is not asked for', () => {
    const plan = planned(hostOf(key), request);
    expect(plan.steps).toHaveLength(1);
    expect(
      plan.steps[0]!.apply.slice(-setting(key).ipOptions(setting(key).fresh as never).length),
    ).not.toEqual([]);
    expect(plan.promises).toMatchObject([{ settings: to }]);
    expect(differences(plan.promises, hostOf(key))).toHaveLength(fieldsOf(key).length);
    expect(differences(plan.promises, hostOf(key, to))).toEqual([]);
  });

  test('is recorded by an attachment, and put back after it was changed meanwhile', () => {
    const record = recordIn(planned(hostOf(key), { kind: 'attach', vf: 'enp1s0:0', container: 'fw' }));
    expect(valueOf(record.before.settings, key)).toEqual(setting(key).fresh);
    for (const written of [record, withoutFields(record, key)]) {
      expect(parseRecords([JSON.stringify(written)])).toEqual({ records: [written], unreadable: 0 });
      const marked = recordIn(planned(attached(key, written), request));
      const back = planned(attached(key, marked, to), { kind: 'detach', vf: 'enp1s0:0' });
      expect(back.steps[0]!.apply.slice(5)).toEqual(setting(key).ipOptions(setting(key).fresh as never));
      // Changed by another program, or not known at all: not ours to put back.
      const kept = planned(attached(key, written, to), { kind: 'detach', vf: 'enp1s0:0' });
      expect(kept.steps.filter(({ apply }) => apply[0] === 'set_vf')).toEqual([]);
    }
  });

  test('is listed, offered and brought along where it is not as new; unknown, it is none of that', () => {
    const now = hostOf(key, to);
    const [adapter] = now.pfs;
    const [one] = adapter!.vfs;
    const options = fieldsOf(key).map((name) => askable(name as keyof Asked).option);
    for (const option of options) expect(vfTable([one!], [])).toContain(option);
    expect(rowsOf(now, adapter!, one!).map(({ attribute }) => attribute)).toEqual(
      expect.arrayContaining(fieldsOf(key)),
    );
    if (setting(key).sureOf?.(factsOf(adapter!.driver)) !== false)
      expect(bringsAlong(adapter!, one!)).toMatchObject([{ key }]);
    const unknown = vf(0, { ...fresh, ...unknownSettings });
    expect(vfTable([unknown], [])).not.toMatch(new RegExp(`\\b(${options.join('|')})\\b`));
    expect(bringsAlong(adapter!, unknown)).toEqual([]);
    expect(planChange(host({ pfs: [pf([unknown], { driver: driverFor(key) })] }), request)).toMatchObject({
      code: 'unknown-state',
    });
  });
});

test('every field of the table is in an attachment record once it is known', () => {
  const known = { ...fresh, adminMac: '02:aa:00:00:00:01' };
  const snapshot = host({ pfs: [pf([vf(0, known)])] });
  const record = recordIn(planned(snapshot, { kind: 'attach', vf: 'enp1s0:0', container: 'fw' }));
  expect(Object.keys(record.before.settings)).toEqual(fieldKeys);
});

function withoutFields(record: AttachmentRecord, key: SettingKey): AttachmentRecord {
  const settings = Object.fromEntries(
    Object.entries(record.before.settings).filter(([name]) => !fieldsOf(key).some((one) => one === name)),
  );
  return { ...record, before: { ...record.before, settings } };
}

function attached(key: SettingKey, record: AttachmentRecord, more: object = {}): HostSnapshot {
  const { id: containerId, netnsInode } = container('fw');
  const holder = { kind: 'container' as const, containerId, netnsInode, name: 'fw' };
  const { vf: pci, recordedAt } = record;
  return {
    ...hostOf(key),
    pfs: [pf([vf(0, { ...fresh, ...more, holder, up: true }), vf(1, fresh)], { driver: driverFor(key) })],
    attachments: [{ vf: pci, containerId, containerName: 'fw', status: 'live', recordedAt, record }],
  };
}
