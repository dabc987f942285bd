/** Bytes before the first packet of a capture file, and before each packet. */
const fileHeader = 24;
const packetHeader = 16;

/** Counts the packets of a capture file (pcap) as it passes, in pieces of any length. */
export class PacketCount {
  /** Those that passed whole. */
  packets = 0;
  bytes = 0;
  private reads: 'file' | 'header' | 'body' = 'file';
  /** Bytes of that part that are still to come. */
  private left = fileHeader;
  private header: number[] = [];
  private isLittleEndian = true;

  /** Takes a piece; returns how much of it comes before the first end of a packet at which there are `most` bytes, if that is in it. */
  take(piece: Uint8Array, most = Infinity): number {
    let at = 0;
    while (at < piece.length) {
      if (this.bytes >= most && this.isBetween()) return at;
      const part = piece.subarray(at, at + this.left);
      if (this.reads !== 'body') this.header.push(...part);
      at += part.length;
      this.bytes += part.length;
      this.left -= part.length;
      if (this.left === 0) this.next();
    }
    return at;
  }

  /** Right after the file's header or a packet. */
  isBetween(): boolean {
    return this.reads === 'header' && this.left === packetHeader;
  }

  private next(): void {
    const { header, reads } = this;
    this.header = [];
    if (reads === 'file') this.isLittleEndian = (header[0] ?? 0) !== 0xa1;
    const length = reads === 'header' ? this.number(header.slice(8, 12)) : 0;
    if (reads === 'body' || (reads === 'header' && length === 0)) this.packets += 1;
    this.reads = length > 0 ? 'body' : 'header';
    this.left = length > 0 ? length : packetHeader;
  }

  private number(four: number[]): number {
    const bytes = this.isLittleEndian ? [...four].reverse() : four;
    return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  }
}
