import * as v from 'valibot';
import { withBootFiles } from '../boot/files';
import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { AppliedFix, HostConfiguration } from '../model/configuration';
import { argv } from './argv';
import program from './configuration.sh';
import { readSections } from './readSections';
import type { configurationSections } from './printed';
import { answer, type Plain, type Section } from './sections';

/** Reads how a host boots: one program, one round trip. Rejects with HostError when it can't be reached. */
export async function readConfiguration(host: Host, signal?: AbortSignal): Promise<HostConfiguration> {
  return configurationOf(await readSections(host, withBootFiles(`${ownFolder}\n${program}`), signal));
}

type Configuration = typeof configurationSections;

/** Parses the sections of the program. Pure. */
export function configurationOf(all: readonly Section[]): HostConfiguration {
  const said = answer<Configuration>(all);
  const body = (name: Plain<Configuration>) => said.body(name)?.trim() ?? '';
  const lines = (name: Plain<Configuration>) => body(name).split('\n').filter(Boolean);
  return {
    cmdline: body('cmdline') || null,
    kernel: body('kernel') || null,
    insideContainer: body('container') === 'yes',
    os: lines('os'),
    loaderInfo: body('loader') || null,
    tools: lines('tools'),
    generated: lines('generated'),
    modules: lines('modules'),
    files: said.each('file').flatMap(file),
    fixes: said
      .bodies('fix')
      .flatMap((record) => appliedFix(record) ?? [])
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

/** Section `file BYTES PATH`. A file that isn't UTF-8, or was written while being read, has another size. */
function file({ args, body }: { args: string; body: string }): HostConfiguration['files'] {
  const [, bytes, path] = /^ *(\d+) (.*)$/.exec(args) ?? [];
  if (path === undefined) return [];
  const whole = Buffer.byteLength(body) === Number(bytes) && !body.includes('\ufffd') && !body.includes('\0');
  return [{ path, text: whole ? body : null }];
}

const text = v.nullable(v.string());
const fixSchema = v.object({
  version: v.literal(1),
  finding: v.string(),
  title: v.string(),
  at: v.string(),
  add: v.array(v.string()),
  remove: v.array(v.string()),
  files: v.array(v.object({ path: v.string(), before: text, after: text })),
  regenerate: v.nullable(argv),
  tool: v.nullable(v.object({ apply: argv, back: argv })),
  verify: v.array(v.string()),
  undone: v.boolean(),
});

/** A record of a fix; `null` when it is damaged. */
export function appliedFix(body: string): AppliedFix | null {
  try {
    const result = v.safeParse(fixSchema, JSON.parse(body));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
