import type { HostEvidence } from '../../model/evidence';
import { failed } from './answers';
import { errnoIn, type Errno } from './errno';
import { foreignErrno, writeError } from './foreignErrors';
import { madeGood, takenLater } from './history';
import { pciIn, type Line } from './line';
import { promptedCommand } from './prompt';

/** Something that was tried and failed, with the error it gave. */
export interface Failure {
  /** Empty when only the error was quoted. */
  command: string;
  error: string;
  errno: Errno | null;
  pci: string | null;
  iface: string | null;
  /** Typed as root, as far as the prompt or `sudo` says. */
  asRoot: boolean;
  /** Command and error together, for matching. */
  text: string;
  evidence: string[];
}

const looksFailed =
  /error|fail|answers:|cannot|can't|denied|unable|could not|not permitted|FATAL|no such|file exists|busy|invalid arg|not supported/i;

export function failuresOf(evidence: HostEvidence, loose: readonly Line[]): Failure[] {
  const over = madeGood(evidence.commands);
  const taken = takenLater(evidence.commands);
  const ofAnother = (command: string, error: string): boolean =>
    taken.some((file) => error.includes(file) && !command.includes(file));
  const typed = evidence.commands.flatMap(({ command, error, asRoot = false }, at) =>
    error === null || !failed(error) || over.has(at) || ofAnother(command, error)
      ? []
      : [
          {
            ...failure(command, error, [command, ...error.split('\n')]),
            asRoot: asRoot || /\bsudo\b(?!\s+(?:echo|printf)\b[^|]*>)/.test(command),
          },
        ],
  );
  const quoted = loose.flatMap((line, index) => {
    if (ofAnother('', line.text)) return [];
    if (line.driver !== null || (!looksFailed.test(line.text) && foreignErrno(line.text) === null)) return [];
    const before = loose[index - 1];
    const command = before === undefined ? null : promptedCommand(before.text) || null;
    if (errnoIn(line.text) === null && command === null) return [];
    return [
      failure(command ?? '', line.text, command === null || !before ? [line.raw] : [before.raw, line.raw]),
    ];
  });
  return [...typed, ...quoted];
}

function failure(command: string, error: string, evidence: string[]): Failure {
  const text = `${command}\n${error}`;
  const iface =
    /\/sys\/class\/net\/([^/\s]+)\//.exec(text)?.[1] ??
    /\bip link set (?:dev )?(\S+)/.exec(command)?.[1] ??
    null;
  return {
    ...{ command, error, text, iface, asRoot: false },
    errno: errnoIn(error),
    pci: pciIn(text.replaceAll('\\:', ':')),
    evidence: evidence.filter((line) => line.trim() !== ''),
  };
}

/** An interface is to come up: `ip link set eth0 up`, `failed to set "eth0" UP`, `SIOCSIFFLAGS`. */
export const bringsUp = /\bset (?:dev )?\S+ up\b|\bifup\b|SIOCSIFFLAGS|\b(?:bring\w*|set\w*) .{0,40}\bup\b/i;

/** An attempt to set the number of VFs that failed. */
export interface VfCountFailure extends Failure {
  /** The number that was asked for, when it can be read off the command. */
  requested: number | null;
  /** The file wasn't there to be written or read. */
  fileAbsent: boolean;
}

const aboutVfCount =
  /numvfs|totalvfs|\bmax_vfs\b|num_vfs|\b(?:creat|enabl)\w* (?:\w+ ){0,3}(?:VFs\b|virtual functions|SR-?IOV)/i;

export function vfCountFailures(failures: readonly Failure[], mentioned: boolean): VfCountFailure[] {
  return failures
    .filter((f) => aboutVfCount.test(f.text) || (mentioned && f.command === '' && writeError.test(f.error)))
    .filter((f) => !/modprobe|insmod|vf \d+ /.test(f.text))
    .map((f) => ({ ...f, requested: requestedIn(f.text), fileAbsent: absent(f) }));
}

function requestedIn(text: string): number | null {
  const count =
    /(?:echo|printf)\s+(?:-n\s+)?['"]?(\d{1,5})['"]?(?:\(\S*\))?\s*(?:>|\|)/.exec(text)?.[1] ??
    /numvfs(?:\s*=\s*|\s+to\s+)['"]?(\d{1,5})/i.exec(text)?.[1] ??
    /(\d{1,5}) VFs?\b/i.exec(text)?.[1];
  return count === undefined ? null : Number(count);
}

/** The kernel's own ENOENT comes back from the write; an absent file already fails when it is opened. */
function absent({ command, error, errno }: Failure): boolean {
  const lower = error.toLowerCase();
  if (writeError.test(error) || /^write |\bwrite \/|tee/.test(lower)) return false;
  if (/cannot create/.test(lower)) return /nonexistent|no such/.test(lower);
  if (errno !== 'ENOENT' && !/not found|does ?n[o']t exist|no sriov_|missing|absent/.test(lower))
    return false;
  return /^\s*(?:sudo )?(?:cat|ls|stat|head|find|grep)\b/.test(command) || !/\btee\b/.test(command);
}
