import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketCount } from '../../../src/model/wire/packetCount';

/** A capture file of packets of these lengths. */
function file(lengths: number[], isLittleEndian = true): Buffer {
  const header = Buffer.alloc(24);
  const write = (to: Buffer, value: number, at: number) =>
    isLittleEndian ? to.writeUInt32LE(value, at) : to.writeUInt32BE(value, at);
  write(header, 0xa1b2c3d4, 0);
  return Buffer.concat([
    header,
    ...lengths.flatMap((length) => {
      const before = Buffer.alloc(16);
      write(before, length, 8);
      write(before, length + 7, 12);
      return [before, Buffer.alloc(length, 0xa1)];
    }),
  ]);
}
const lengths = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 });

test('counts packets in whatever pieces they come', () => {
  fc.assert(
    fc.property(lengths, fc.boolean(), fc.integer({ min: 1, max: 70 }), (all, isLittle, step) => {
      const [count, bytes] = [new PacketCount(), file(all, isLittle)];
      for (let at = 0; at < bytes.length; at += step) {
        const piece = bytes.subarray(at, at + step);
        expect(count.take(piece)).toBe(piece.length);
      }
      expect(count).toMatchObject({ packets: all.length, bytes: bytes.length });
    }),
  );
});

test('a file that may have no more ends with a whole packet', () => {
  fc.assert(
    fc.property(lengths, fc.nat(2000), fc.integer({ min: 1, max: 500 }), (all, most, step) => {
      const [count, bytes] = [new PacketCount(), file(all)];
      let kept = 0;
      for (let at = 0; at < bytes.length; at += step) kept += count.take(bytes.subarray(at, at + step), most);
      const again = new PacketCount();
      again.take(bytes.subarray(0, kept));
      expect(again.isBetween()).toBe(true);
      expect(again).toMatchObject({ packets: count.packets, bytes: kept });
      expect(kept).toBeLessThanOrEqual(Math.max(most, 24) + 316);
      if (kept < bytes.length) expect(kept).toBeGreaterThanOrEqual(most);
    }),
  );
});
