import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Texts by name as one file. */
export async function zipped(files: Record<string, string>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}
