import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Truth } from './verdict';

/** A text to be judged, and what is true of it. */
export interface Case {
  id: string;
  /** As a document, as what a terminal shows of the same host, or as somebody pasted it. */
  form: 'JSON' | 'text' | 'pasted';
  text: string;
  truth: Truth;
}

/** The cases of a folder, or of its `cases`, in both forms, and the texts of its `pasted`. */
export const casesIn = (folder: string): Case[] => [
  ...[folder, join(folder, 'cases')].flatMap(documents),
  ...pasted(join(folder, 'pasted')),
];

interface Sample {
  id: string;
  evidence: Evidence;
  truth: Truth;
}

const documents = (folder: string): Case[] =>
  filesOf(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file): Case[] => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { id, evidence, truth } = JSON.parse(text) as Sample;
      return [
        { id, form: 'JSON', text, truth },
        { id, form: 'text', text: asText(evidence), truth },
      ];
    });

function pasted(folder: string): Case[] {
  const file = join(folder, 'truth.json');
  const truths = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Truth>) : {};
  return Object.entries(truths).map(([name, truth]) => ({
    ...{ id: name, form: 'pasted', truth },
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

const filesOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
        .sort()
    : [];

interface Evidence {
  cmdline?: string | null;
  dmesg?: string[];
  lspci?: string[];
  sysfs?: Record<string, string>;
  commands?: { command: string; error?: string | null }[];
  other?: string[];
}

/** Evidence as a person would paste it from a terminal. */
export function asText({
  cmdline = null,
  dmesg = [],
  lspci = [],
  sysfs = {},
  commands = [],
  other = [],
}: Evidence): string {
  return [
    ...(cmdline === null ? [] : ['root@host:~# cat /proc/cmdline', cmdline]),
    ...commands.flatMap(({ command, error }) => [`root@host:~# ${command}`, ...(error ? [error] : [])]),
    ...Object.entries(sysfs).map(([key, value]) => `${key}: ${value}`),
    ...['root@host:~# dmesg', ...dmesg, '', 'root@host:~# lspci -vvv', ...lspci, ''],
    ...['root@host:~# ip link', ...other],
  ].join('\r\n');
}
