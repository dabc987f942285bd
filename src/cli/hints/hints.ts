import type { Lack, Refusal } from '../../model/plan';
import { installing, isPackaged, packageOf, sudoersOf } from '../../model/packages';
import { quoteAll } from '../../model/quote';
import type { Outcome } from '../../model/outcome';
import type { EngineStatus, HostFacts, HostSnapshot } from '../../model/snapshot';

/** Something that is missing, and how to get it. */
export interface Hint {
  missing: string;
  /** As root. */
  command: string | undefined;
  /** If no command is known. */
  inWords: string;
  afterwards?: string;
}

/** How to get what a change lacked on that host. */
export function hintsFor(outcome: Outcome, snapshot: HostSnapshot | undefined): Hint[] {
  if (outcome.status === 'refused') return hintsForRefusal(outcome.refusal, snapshot);
  if (outcome.status !== 'undone' && outcome.status !== 'stuck') return [];
  const stuck = outcome.status === 'stuck' ? outcome.stuck : [];
  const said = [outcome.failure, ...stuck].map(({ message }) => message).join('\n');
  return programsMissingIn(said).map((program) => packaged(program, outcome.snapshot.host.os.id));
}

export function hintsForRefusal({ lacks, code }: Refusal, snapshot: HostSnapshot | undefined): Hint[] {
  if (!snapshot) return [];
  if (lacks) return [lacking(lacks, snapshot.host)];
  return code === 'engine-unreachable' || code === 'unknown-container' ? engineHints(snapshot) : [];
}

/** Hints to see more of a host. */
export const hintsForLook = (snapshot: HostSnapshot): Hint[] => [
  ...(snapshot.problems.some(({ needs }) => needs.startsWith('iproute2'))
    ? [packaged('ip', snapshot.host.os.id)]
    : []),
  // How to start one that isn't running is said with the unknown parts.
  ...engineHints(snapshot).filter(({ afterwards }) => afterwards !== undefined),
];

/** The programs that a shell reports as not found. */
const programsMissingIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/\b([\w-]+): (?:command )?not found\b/g)]
      .map(([, program = '']) => program)
      .filter(isPackaged),
  ),
];

/** A missing program, and how to install it; `os` is the ID of os-release. */
export function packaged(program: string, os: string | null): Hint {
  const name = packageOf(program, os);
  return {
    missing:
      name === undefined || name === program ? `"${program}"` : `"${program}", from the package ${name}`,
    command: installing(program, os),
    inWords: `Install the package ${name ?? program}.`,
  };
}

function lacking(lack: Lack, { os, user }: HostFacts): Hint {
  if (lack === 'sudo' || lack === 'tcpdump') return packaged(lack, os.id);
  if (lack === 'dhcp-client') return { ...packaged('udhcpc', os.id), missing: 'a DHCP client' };
  const group = sudoersOf(os.id);
  return {
    missing: `permission for ${user.name ?? 'this user'} to use sudo`,
    command: group && user.name !== null ? quoteAll(['usermod', '-aG', group, user.name]) : undefined,
    inWords: 'Allow it in the sudoers file (visudo).',
    afterwards: 'log in again',
  };
}

const engineHints = ({ engines, host }: HostSnapshot): Hint[] =>
  engines.flatMap((status) => engineHint(status, host));

function engineHint(status: EngineStatus, { user }: HostFacts): Hint[] {
  const { engine } = status;
  if (status.status === 'not-running')
    return [
      {
        missing: `${engine}, which is not running`,
        command: `systemctl start ${engine}`,
        inWords: `Start ${engine}.`,
      },
    ];
  if (status.status !== 'denied' || engine !== 'docker' || user.name === null) return [];
  return [
    {
      missing: `permission for ${user.name} to use ${engine}`,
      command: status.joinedLate ? undefined : quoteAll(['usermod', '-aG', engine, user.name]),
      inWords: 'Log in again: the group was joined after this login.',
      ...(status.joinedLate ? {} : { afterwards: 'log in again (members of that group can become root)' }),
    },
  ];
}
