import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Declared, DeclaredAttachment, VfGroup } from '../../../../src/model/declared/declared';
import { isRefusal } from '../../../../src/model/plan';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { planDeclared } from '../../../../src/planning/declared/planDeclared';
import { planChange } from '../../../../src/planning/plan';
import { differences } from '../../../../src/planning/verify';
import { container, host, pf, vf } from '../../hosts/host';
import { applied, changed } from './simulated';

const card = '0000:01:00.0';
const nicSelector = { rootDevices: [card] };
const containers = [container('fw'), container('router'), container('other-one')];
const withVfs = (count: number, more: Partial<HostSnapshot> = {}) =>
  host({ pfs: [pf(Array.from({ length: count }, (_, index) => vf(index)))], containers, ...more });
const attach = (index: number, name: string, more: Partial<DeclaredAttachment> = {}): DeclaredAttachment => ({
  ...{ container: { name }, vf: `${card}#${index}`, ...more },
});
const file = (more: Partial<Declared> & { numVfs?: number; vfGroups?: VfGroup[] }): Declared => {
  const { numVfs, vfGroups, ...rest } = more;
  return { version: 1, adapters: [{ nicSelector, numVfs, vfGroups }], ...rest };
};
/** `STAGE ACT SUBJECT WHAT: FROM → TO`. */
const differing = (snapshot: HostSnapshot, declared: Declared) =>
  planDeclared(snapshot, declared).differences.map(
    ({ stage, act, subject, what, from, to }) => `${stage} ${act} ${subject} ${what}: ${from} → ${to}`,
  );
const titles = (snapshot: HostSnapshot, declared: Declared) =>
  planDeclared(snapshot, declared).parts.map(({ title }) => title);
const attached =
  (index: number, name: string, more = {}) =>
  (now: HostSnapshot) =>
    changed(now, { kind: 'attach', vf: `enp1s0:${index}`, container: name, name: 'eth1', ...more });

describe('a host against its file', () => {
  test('what is not in the file is not managed', () => {
    const now = attached(0, 'fw')(withVfs(2));
    expect(planDeclared(now, { version: 1 })).toMatchObject({ parts: [], blocks: [], notes: [] });
    expect(planDeclared(now, file({}))).toMatchObject({ parts: [], blocks: [], notes: [] });
  });

  test('from nothing: the VFs, then their drivers, settings and containers', () => {
    const vfGroups: VfGroup[] = [
      { vfRange: '0-1', vlan: 42 },
      { vfRange: '2', deviceType: 'vfio-pci' },
    ];
    const declared = file({
      numVfs: 3,
      vfGroups,
      attachments: [attach(0, 'fw', { interface: { name: 'eth1' } })],
    });
    expect(differing(withVfs(0), declared)).toEqual([
      'count create enp1s0 number of VFs: 0 → 3',
      'driver create VF 2 of enp1s0 driver: null → vfio-pci',
      'settings create VF 0 of enp1s0 VLAN: null → 42',
      'settings create VF 1 of enp1s0 VLAN: null → 42',
      'attach create VF 0 of enp1s0 attachment: null → fw as eth1',
    ]);
    const { after, requests } = applied(withVfs(0), declared);
    expect(requests.map(({ kind }) => kind)).toEqual([
      'set-vfs',
      'configure',
      'configure',
      'configure',
      'attach',
    ]);
    expect(planDeclared(after, declared)).toMatchObject({ differences: [], parts: [] });
  });

  test('another number of VFs: who has one is detached first, and gets it again', () => {
    const declared = file({ numVfs: 4, attachments: [attach(0, 'fw')] });
    const now = attached(0, 'fw')(withVfs(2));
    expect(titles(now, declared)).toEqual([
      'Detach VF 0 of enp1s0 from fw',
      'Set the number of VFs of enp1s0 to 4',
      'Attach VF 0 of enp1s0 to fw',
    ]);
    expect(differing(now, declared)).toEqual(['count change enp1s0 number of VFs: 2 → 4']);
    expect(planDeclared(now, declared).parts[0]?.losses).toEqual([
      'fw loses eth1 until it is attached again',
    ]);
    expect(applied(now, declared).after.pfs[0]?.vfs).toHaveLength(4);
  });

  test('a container that is not mentioned keeps its VF, unless the file says otherwise', () => {
    const now = attached(1, 'other-one')(withVfs(2));
    const declared = file({ numVfs: 4, attachments: [attach(0, 'fw')] });
    const { parts, blocks } = planDeclared(now, declared);
    expect(parts).toEqual([]);
    expect(blocks).toEqual([
      "VF 1 of enp1s0 is in other-one, which the file doesn't mention, and the number of VFs changes. Detach it, or set onHolders: detach in the file.",
    ]);
    const taking: Declared = { ...declared, onHolders: 'detach' };
    expect(titles(now, taking)[0]).toBe('Detach VF 1 of enp1s0 from other-one');
    expect(applied(now, taking).after.pfs[0]?.numVfs).toBe(4);
  });

  test('where it is not in the way, it is left alone, and that is said', () => {
    const now = attached(1, 'other-one')(withVfs(2));
    const { parts, blocks, notes } = planDeclared(now, file({ attachments: [attach(0, 'fw')] }));
    expect(parts.map(({ title }) => title)).toEqual(['Attach VF 0 of enp1s0 to fw']);
    expect(blocks).toEqual([]);
    expect(notes).toEqual(["VF 1 of enp1s0 stays in other-one, which the file doesn't mention."]);
  });

  test('an empty list is no attachment: what there is blocks, or goes', () => {
    const now = attached(1, 'other-one')(withVfs(2));
    expect(planDeclared(now, file({ attachments: [] })).blocks).toHaveLength(1);
    expect(differing(now, file({ attachments: [] }))).toEqual([
      'detach destroy VF 1 of enp1s0 attachment: other-one as eth1 → null',
    ]);
    expect(titles(now, file({ attachments: [], onHolders: 'detach' }))).toEqual([
      'Detach VF 1 of enp1s0 from other-one',
    ]);
  });

  test('a VF in the wrong container of the file is moved', () => {
    const declared = file({ attachments: [attach(0, 'router'), attach(1, 'fw')] });
    const now = attached(0, 'fw')(withVfs(2));
    expect(titles(now, declared)).toEqual([
      'Detach VF 0 of enp1s0 from fw',
      'Attach VF 0 of enp1s0 to router',
      'Attach VF 1 of enp1s0 to fw',
    ]);
    expect(applied(now, declared).requests).toHaveLength(3);
  });

  test('what is different inside is named, and attached again', () => {
    const is = { addresses: ['10.0.0.1/24'] };
    const now = attached(0, 'fw', { ...is, gateway: '10.0.0.254' })(withVfs(2));
    const as = (more: Partial<DeclaredAttachment>) => file({ attachments: [attach(0, 'fw', more)] });
    const routes = [{ destination: '0.0.0.0/0', gateway: '10.0.0.254' }];
    expect(differing(now, as({ interface: { name: 'eth1', ...is }, routes }))).toEqual([]);
    expect(
      differing(now, as({ interface: { name: 'eth2', addresses: ['10.0.0.2/24'] }, routes: [] })),
    ).toEqual([
      'detach change VF 0 of enp1s0 name in fw: eth1 → eth2',
      'detach change VF 0 of enp1s0 addresses in fw: 10.0.0.1/24 → 10.0.0.2/24',
      'detach change VF 0 of enp1s0 routes in fw: 0.0.0.0/0 via 10.0.0.254 → null',
    ]);
    const other = as({ interface: { name: 'eth2', addresses: ['10.0.0.2/24'] }, routes: [] });
    expect(applied(now, other).requests.map(({ kind }) => kind)).toEqual(['detach', 'attach']);
  });

  test('any free VF of a group: chosen once, and kept', () => {
    const vfGroups = [{ vfRange: '0-1', resourceName: 'fast' }];
    const any = (name: string): DeclaredAttachment => ({ container: { name }, vf: { resourceName: 'fast' } });
    const declared = file({ vfGroups, attachments: [any('router'), any('fw')] });
    const now = attached(1, 'router')(withVfs(2));
    expect(titles(now, declared)).toEqual(['Attach VF 0 of enp1s0 to fw']);
    const { after } = applied(now, declared);
    expect(titles(after, file({ vfGroups, attachments: [any('fw'), any('router')] }))).toEqual([]);
    expect(
      planDeclared(
        now,
        file({ vfGroups: [{ vfRange: '1', resourceName: 'fast' }], attachments: [any('fw')] }),
      ).blocks,
    ).toEqual(['fw: No VF of the group "fast" is free.']);
  });

  test('lasting: kept, kept otherwise, kept no more; the container need not be there', () => {
    const lasting = (more = {}) =>
      file({ attachments: [attach(0, 'fw', { interface: { name: 'eth1', ...more }, lasting: true })] });
    const first = applied(withVfs(2), lasting());
    expect(first.requests.map(({ kind }) => kind)).toEqual(['attach', 'keep']);
    expect(titles(first.after, lasting())).toEqual([]);
    expect(
      applied(first.after, lasting({ addresses: ['10.0.0.1/24'] })).requests.map(({ kind }) => kind),
    ).toEqual([...['stop-keeping', 'detach', 'attach', 'keep']]);
    const no = file({ attachments: [attach(0, 'fw', { lasting: false })] });
    expect(titles(first.after, no)).toEqual(['Stop keeping VF 0 of enp1s0 for container fw']);
    const later = file({ attachments: [attach(0, 'later', { interface: { name: 'eth1' }, lasting: true })] });
    expect(titles(withVfs(2), later)).toEqual(['Keep VF 0 of enp1s0 for later as eth1']);
  });

  test.each<[string, Declared, string]>([
    ['another host', file({ host: 'elsewhere' }), 'This file is for elsewhere, but this host is lab.'],
    ['no such adapter', { version: 1, adapters: [{ nicSelector: { pfNames: ['eth9'] } }] }, 'lab has no adapter pfNames eth9; it has enp1s0 (0000:01:00.0).'],
    ['too many VFs', file({ numVfs: 9 }), 'enp1s0 cannot have 9 VFs. This adapter offers at most 7 VFs (sriov_totalvfs).'],
    ['no such VF', file({ vfGroups: [{ vfRange: '2', vlan: 1 }] }), 'enp1s0 has no VF 2: it has 2 VFs.'],
    ['no such container', file({ attachments: [attach(0, 'nobody')] }), 'There is no container "nobody" on lab; there are: fw, router, other-one.'],
    ['an MTU that is too large', file({ vfGroups: [{ vfRange: '0', mtu: 9000 }] }), 'An MTU is a number from 68 to 1500, not "9000".'],
    ['attached and for programs', file({ vfGroups: [{ vfRange: '0', deviceType: 'vfio-pci' }], attachments: [attach(0, 'fw')] }), "VF 0 of enp1s0 can't be both bound to vfio-pci and attached to fw."],
    ['another mode of the switch', { version: 1, adapters: [{ nicSelector, eSwitchMode: 'switchdev' }] }, 'enp1s0 is in legacy mode, not in switchdev mode, and that can\'t be changed from here: its VFs would end. Remove its VFs, then run "devlink dev eswitch set pci/0000:01:00.0 mode switchdev" as root, and apply the file.'],
    ['settings that VFs to come can not have', file({ numVfs: 3, vfGroups: [{ vfRange: '2', mtu: 9000 }] }), 'VF 2 of enp1s0: An MTU is a number from 68 to 1500, not "9000".'],
  ])('%s: nothing is done, and why', (_, declared, reason) => {
    const { parts, blocks } = planDeclared(withVfs(2), declared);
    expect(parts).toEqual([]);
    expect(blocks.join('\n')).toContain(reason);
  }); // prettier-ignore
});

const group = (vfRange: string): fc.Arbitrary<VfGroup> =>
  fc.record(
    {
      vfRange: fc.constant(vfRange),
      vlan: fc.constantFrom(0, 42, 100),
      trust: fc.boolean(),
      spoofChk: fc.boolean(),
      maxTxRate: fc.constantFrom(0, 500),
      mtu: fc.constantFrom(1400, 1500),
    },
    { requiredKeys: ['vfRange'] },
  );
const names = ['fw', 'router'] as const;
const whole = fc
  .record({
    numVfs: fc.integer({ min: 4, max: 7 }),
    vfGroups: fc.tuple(group('0-1'), group('2'), group('3')),
    vfio: fc.boolean(),
    attachments: fc.uniqueArray(
      fc.record({ index: fc.nat(2), name: fc.constantFrom(...names), inside: fc.option(fc.constantFrom('eth1', 'eth2', 'eth3'), { nil: undefined }), address: fc.boolean() }),
      { selector: ({ index }) => index },
    ),
  })
  .map(({ numVfs, vfGroups: [a, b, c], vfio, attachments }): Declared => ({
    ...file({ numVfs, onHolders: 'detach' }),
    adapters: [{ nicSelector, numVfs, vfGroups: [a, b, vfio ? { vfRange: '3', deviceType: 'vfio-pci', vlan: c.vlan } : c] }],
    attachments: attachments.map(({ index, name, address, inside }) =>
      attach(index, name, {
        interface: { name: `${inside ?? 'net'}${index}`, ...(address ? { addresses: [`10.0.${index}.1/24`] } : {}) },
      }),
    ),
  })); // prettier-ignore
/** A host that somebody used by hand. */
const used = fc
  .record({
    count: fc.constantFrom(0, 2, 4, 7),
    held: fc.uniqueArray(fc.record({ index: fc.nat(3), name: fc.constantFrom('fw', 'router', 'other-one') }), { selector: ({ index }) => index }),
    vlan: fc.constantFrom(0, 7),
  })
  .map(({ count, held, vlan }) => {
    const start = withVfs(count);
    const some = held.filter(({ index }) => index < count);
    const then = some.reduce((now, { index, name }) => attached(index, name, { name: `eth${index}` })(now), start);
    return count > 0 && vlan > 0 ? changed(then, { kind: 'configure', vf: 'enp1s0:0', vlan: { id: vlan, qos: 0, proto: '802.1Q' } }) : then;
  }); // prettier-ignore

describe('whatever the file and the host', { timeout: 60_000 }, () => {
  test('applied, nothing differs; and whatever the order in the file, the plan is the same', () => {
    fc.assert(
      fc.property(used, whole, fc.boolean(), (now, declared, reverse) => {
        const { after } = applied(now, declared);
        expect(planDeclared(after, declared)).toMatchObject({ differences: [], parts: [], blocks: [] });
        const once = planChange(now, { kind: 'apply', declared });
        // As one change it promises what the single ones lead to; as far as that is known before.
        expect(isRefusal(once) ? once.code : differences(once.promises, after)).toEqual(
          planDeclared(now, declared).parts.length > 0 ? [] : 'nothing-to-do',
        );
        const turned = <T>(all: T[] = []): T[] =>
          reverse ? [...all].reverse() : [...all.slice(1), ...all.slice(0, 1)];
        const permuted: Declared = {
          ...declared,
          adapters: turned(declared.adapters?.map((one) => ({ ...one, vfGroups: turned(one.vfGroups) }))),
          attachments: turned(declared.attachments),
        };
        expect(planDeclared(now, permuted)).toEqual(planDeclared(now, declared));
      }),
      { numRuns: 100 },
    );
  });

  test('without onHolders, either nothing is done, or containers that are not mentioned keep what they have', () => {
    fc.assert(
      fc.property(used, whole, (now, { onHolders: _, ...declared }) => {
        const plan = planDeclared(now, declared);
        if (plan.blocks.length > 0) {
          expect(plan.parts).toEqual([]);
          return;
        }
        const mentioned = (declared.attachments ?? []).map((one) => one.container.name);
        const theirs = (one: HostSnapshot) =>
          one.containers
            .filter(({ name }) => !mentioned.includes(name))
            // The MTU is the group's that the VF is in.
            .map(({ interfaces }) => interfaces.map(({ mtu: _mtu, ...rest }) => rest));
        expect(theirs(applied(now, declared).after)).toEqual(theirs(now));
      }),
      { numRuns: 100 },
    );
  });
});
