import { describe, expect, test } from 'vitest';
import { pciFacts } from '../../../src/inventory/sysfs';
import { vfCapacity } from '../../../src/inventory/vfCapacity';
import { shortages, unknownRoom } from '../../../src/model/vfCapacity';
import { room } from '../diagnostics/data/evidence';

const pci = '0000:01:00.0';
const mmioOf = (more: object) => shortages(pci, { ...room, ...more }, 1);

/** `resource` of the lab's card and of the port above it, as `grep -H` shows them. */
const zero = '0x0000000000000000 0x0000000000000000 0x0000000000000000';
const own = [
  ...['0x00000000fe200000 0x00000000fe21ffff 0x0000000000040200', zero, zero, zero, zero, zero, zero],
  ...['0x00000000fe800000 0x00000000fe81ffff 0x000000000014220c', zero, zero],
  ...['0x00000000fe820000 0x00000000fe83ffff 0x000000000014220c', zero, zero],
];
const bridge = [
  ...Array.from({ length: 13 }, () => zero),
  '0x000000000000d000 0x000000000000dfff 0x0000000000000100',
  '0x00000000fe200000 0x00000000fe3fffff 0x0000000000000200',
  '0x00000000fe800000 0x00000000fe9fffff 0x0000000000102201',
  zero,
];
const read = (files: Record<string, string[]>) =>
  vfCapacity(
    pciFacts(
      Object.entries(files)
        .flatMap(([file, lines]) => lines.map((line) => `/sys/bus/pci/devices/${pci}/${file}:${line}`))
        .join('\n'),
      '',
    ).get(pci)!,
  );

describe('what sysfs says about the room', () => {
  test('the lab’s card', () => {
    expect(
      read({
        ...{ sriov_offset: ['128'], sriov_stride: ['2'], '../subordinate_bus_number': ['1'] },
        ...{ sriov_vf_total_msix: ['0'], resource: own, '../resource': bridge },
      }),
    ).toEqual(room);
  });
  test('nothing', () => expect(read({ vendor: ['0x8086'] })).toEqual(unknownRoom));
  test('on the root bus there is no bridge above', () => {
    expect(read({ resource: own })).toMatchObject({ windows: null, lastBus: null });
  });
  test('a VF BAR that the kernel found no place for', () => {
    const lost = own.with(7, '0x0000000000000000 0x000000000001ffff 0x000000002014220c');
    expect(read({ resource: lost, '../resource': bridge }).vfBars?.[0]).toMatchObject({
      index: 0,
      assigned: false,
    });
  });
});

describe('what VFs would run out of', () => {
  test('nothing, where there is room or nothing is known', () => {
    expect(shortages(pci, room, 7)).toEqual([]);
    expect(shortages(pci, unknownRoom, 7)).toEqual([]);
    expect(shortages(pci, { ...room, offset: 0, stride: 0 }, 7)).toEqual([]);
    expect(shortages(pci, { ...room, vfBars: [], msixPool: 1 }, 0)).toEqual([]);
  });
  test.each([
    // 01:00.0 is routing id 0x100; offset 384 and stride 2 put VF 63 on the last function of bus 02, VF 64 on bus 03.
    [384, 2, 2, 64, 64],
    [384, 2, 2, 65, 64],
    [384, 2, 1, 1, 0],
    [128, 1, 1, 128, 128],
    [128, 1, 1, 129, 128],
    [4, 1, 1, 252, 252],
    [4, 1, 1, 253, 252],
  ])(
    'bus numbers: offset %d, stride %d, last bus %d, %d VFs: room for %d',
    (offset, stride, lastBus, count, fits) => {
      const found = shortages(pci, { ...unknownRoom, offset, stride, lastBus }, count);
      expect(found).toEqual(
        fits >= count ? [] : [expect.objectContaining({ of: 'buses', room: fits }) as unknown],
      );
    },
  );
  test('a VF BAR without an address', () => {
    const [bar] = room.vfBars!;
    expect(mmioOf({ vfBars: [{ ...bar, start: 0, end: 0x1ffff, assigned: false }] })).toMatchObject([
      { of: 'mmio', room: 0, what: expect.stringContaining('128 KiB') as string },
    ]);
  });
  test('a VF BAR outside the windows of the bridge, and one where the windows are not known', () => {
    expect(mmioOf({ windows: [{ start: 0xfe200000, end: 0xfe3fffff }] })).toHaveLength(1);
    expect(mmioOf({ windows: null })).toEqual([]);
  });
  test('interrupt vectors', () => {
    expect(shortages(pci, { ...room, msixPool: 4 }, 5)).toMatchObject([{ of: 'msix', room: 4 }]);
    expect(shortages(pci, { ...room, msixPool: 5 }, 5)).toEqual([]);
  });
});
