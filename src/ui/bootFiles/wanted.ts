import type { Finding } from '../../model/finding';
import type { CurrentHost } from '../hosts/currentHost';
import type { WantedArguments } from '../../boot/check';

/** Where a document is: the parts of its address. */
export interface Address {
  scheme: string;
  authority: string;
}

/**
 * What the last readiness run asks of a document's own host; nothing when the document is of another machine than the one
 * that is connected. In a remote window the extension runs there, and its files are `file:`; where it runs on the
 * client's side, the authority names the host.
 */
export function wantedArguments(
  { scheme, authority }: Address,
  { id, readiness }: Pick<CurrentHost, 'id' | 'readiness'>,
): WantedArguments[] {
  const own =
    scheme === 'vscode-remote' ? id !== undefined && authority === `ssh-remote+${id}` : id === 'local';
  return own ? (readiness?.findings ?? []).flatMap(askedBy) : [];
}

/** The kernel arguments that the first fix of a finding is about. */
function askedBy({ severity, title, fixes: [first] }: Finding): WantedArguments[] {
  if (severity !== 'error' && severity !== 'warning') return [];
  const change = first?.change;
  return change?.kind === 'kernel-args' ? [{ add: change.add, remove: change.remove, because: title }] : [];
}
