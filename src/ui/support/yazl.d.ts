/** The part that is used of a package without types. */
declare module 'yazl' {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream;
    addBuffer(content: Buffer, path: string, options?: { mode?: number }): void;
    end(): void;
  }
}
