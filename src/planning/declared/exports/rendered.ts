import { onOneLine } from '../../../model/printable';
import type { Exported, ExportedFile, Unsaid } from './exported';
import type { ExportFormat } from './formats';
import { targets } from './targets';

interface From {
  format: ExportFormat;
  /** The only host that it is for. */
  host: string | undefined;
}

/** All of it as one text: the files, below what is to be known. */
export const onePage = (exported: Exported, from: From): string =>
  [headOf(exported, from), ...exported.files.map(bodyOf)].join('\n\n');

/** Each file with all that is to be known. */
export const eachFile = (exported: Exported, from: From): ExportedFile[] =>
  exported.files.map((file) => ({ ...file, text: `${headOf(exported, from)}\n\n${file.text}\n` }));

const headOf = ({ unsaid }: Exported, { format, host }: From): string =>
  [
    `${targets[format].says}.`,
    ...(host === undefined ? [] : [`Only for the host ${host}.`]),
    ...targets[format].notes,
    ...(unsaid.length === 0 ? [] : ['Left out:', ...unsaid.map((one) => `  ${unsaidText(one)}`)]),
  ]
    .map((line) => `# ${onOneLine(line)}`)
    .join('\n');

const bodyOf = ({ folder, name, text }: ExportedFile): string =>
  `# ${folder === undefined ? '' : `${folder}/`}${name}\n${text}`;

const unsaidText = ({ what, value, why }: Unsaid): string =>
  [[what, valueText(value)].filter(Boolean).join(' '), why].filter(Boolean).join(': ');

/** A map is named by what it is about. */
function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}
