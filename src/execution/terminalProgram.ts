import type { EngineName } from '../model/container';
import type { NamespaceWay } from '../model/plan';
import { quote, quoteAll } from '../model/quote';
import { engineShell } from './engineShell';
import namespaces from './program/namespaces.sh';

/** What a person gets on a terminal of their own: a program of the host in a network namespace, or a shell in a container. */
export type TerminalRequest = { says: TerminalTexts } & (
  | {
      kind: 'namespace';
      namespace: NamespaceWay;
      /** Run instead of a shell; the terminal then stays until its output was read. */
      run?: string[];
    }
  | {
      kind: 'container';
      engine: EngineName;
      id: string;
      /** The owner of the rootless container. */
      user?: string;
    }
);

/** The messages on that terminal, each on one line. */
export interface TerminalTexts {
  /** Before anything else. */
  begin: string;
  /** What was shown is gone, so nothing was opened. */
  gone: string;
  /** The login is neither root nor has sudo. */
  noRoot: string;
  /** The container belongs to another user. */
  notYours: string;
  /** Waits for Enter, so that the output can be read. */
  close: string;
}

/**
 * The shell program behind a person's terminal. It becomes root only if it has to, by `sudo` on that terminal, and opens what was
 * shown or nothing: a namespace as the executor does, a container by its full id.
 */
export function terminalProgram(request: TerminalRequest): string {
  const { says } = request;
  if (request.kind === 'namespace') return `${saying(says)}\n${asRoot(inNamespace(request), says)}`;
  return `${saying(says)}\n${request.user === undefined ? ofRoot(request) : ofUser(request, request.user)}`;
}

type Inside<Kind> = Extract<TerminalRequest, { kind: Kind }>;

/** Ctrl-C interrupts what runs here, not the shell that waits for it. */
const saying = ({ close }: TerminalTexts) => `trap : INT
wait_for_enter() { printf '%s' ${quote(close)}; read -r _; }
stop() { printf '%s\\n' "$1"; wait_for_enter; exit; }`;

const asRoot = (program: string, { noRoot }: TerminalTexts) => `if [ "$(id -u)" -eq 0 ]; then
sh -c ${quote(program)}
else
[ -n "$(command -v sudo)" ] || stop ${quote(noRoot)}
sudo -- sh -c ${quote(program)} || wait_for_enter
fi`;

const inNamespace = ({ namespace, run, says }: Inside<'namespace'>) => `${saying(says)}
${engineShell}
${withoutComments(namespaces)}
${openNamespace(namespace)} || stop ${quote(says.gone)}
printf '%s\\n' ${quote(says.begin)}
nsenter --net=/proc/self/fd/7 sh -c 'exec "$@" 7<&-' sh ${quoteAll(run ?? anyShell)}
${run ? 'wait_for_enter\n' : ''}exit 0`;

/** Without the inode, the container is identified by its process alone, whose id a restart changes. */
function openNamespace({ path, inode, owner }: Inside<'namespace'>['namespace']): string {
  const known = inode === null ? `"$(stat -L -c %i ${quote(path)})"` : `${inode}`;
  const of = owner ? [`${owner.pid}`, owner.containerId, owner.engine, owner.user ?? ''] : ['', '', '', ''];
  return `open_namespace 7 ${quote(path)} ${known} ${quoteAll(of)}`;
}

/** As the user, if the engine allows it. */
const ofRoot = (request: Inside<'container'>) => `${engineShell}
if ${firstProcess(request)} >/dev/null 2>&1; then
${inContainer(request)}
else
${asRoot(`${saying(request.says)}\n${engineShell}\n${inContainer(request)}`, request.says)}
fi`;

const ofUser = (request: Inside<'container'>, user: string) => `${engineShell}
[ "$(id -un)" = ${quote(user)} ] || stop ${quote(request.says.notYours)}
${inContainer(request)}`;

const inContainer = (
  request: Inside<'container'>,
) => `[ "$(${firstProcess(request)})" -gt 0 ] || stop ${quote(request.says.gone)}
printf '%s\\n' ${quote(request.says.begin)}
${quoteAll([request.engine, 'exec', '-it', request.id, ...anyShell])}
case $? in 12[5-7]) wait_for_enter ;; esac
exit 0`;

const firstProcess = ({ engine, id }: Inside<'container'>) => quoteAll(['engine_pid', engine, id]);

const anyShell = ['sh', '-c', '[ -z "$(command -v bash)" ] || exec bash; exec sh'];

/** An ssh command line has no room for them. */
const withoutComments = (program: string) => program.replace(/^\s*#.*\n/gm, '');
