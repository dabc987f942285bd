import { EvidenceFormatError } from '../evidenceFormatError';

/** How files of pictures and documents begin, as far as it is left when they are read as text. */
const pictures = /^(?:\W{0,2}PNG\r?\n|\S{0,8}.{0,8}(?:JFIF|Exif)|GIF8[79]a|BM.{0,12}\0|RIFF.{4}WEBP|%PDF-)/s;

/** Screens of a BIOS menu or a console as pictures: nobody reads them here. */
export function refusePictures(text: string): void {
  if (pictures.test(text.slice(0, 64)))
    throw new EvidenceFormatError(
      'This is a picture or a document, which cannot be read. Paste the text, or type in the lines that matter.',
    );
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };
const entity = /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi;
const decoded = (text: string): string =>
  text.replace(entity, (_, name?: string, decimal?: string, hex?: string) =>
    name !== undefined
      ? (entities[name.toLowerCase()] ?? '')
      : String.fromCodePoint(Math.min(decimal ? Number(decimal) : parseInt(hex ?? '', 16), 0x10ffff)),
  );
/** A web page's text, also one that was escaped twice. */
const withoutEntities = (text: string): string => {
  const once = decoded(text);
  return once === text ? text : decoded(once);
};

/** In quoted-printable each equals sign is coded: one that stands alone says that the text isn't. */
const codedEquals = /=(?:3D|20|09|C2=A0)|=\r?\n/;
const plainEquals = /=(?![0-9A-F]{2}|\r?\n|$)/;
function withoutQuotedPrintable(text: string): string {
  if (!codedEquals.test(text) || plainEquals.test(text)) return text;
  const joined = text.replace(/=[ \t]*\r?\n/g, '');
  return joined.replace(/(?:=[0-9A-F]{2})+/g, (codes) =>
    new TextDecoder().decode(Uint8Array.from(codes.slice(1).split('='), (code) => parseInt(code, 16))),
  );
}

/** Spaces that aren't one, and what takes no room. */
const spaces = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const nothing = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;

/** Text without what mail programs and web pages did to it. */
export const asTyped = (text: string): string =>
  withoutEntities(withoutQuotedPrintable(text)).replace(spaces, ' ').replace(nothing, '');
