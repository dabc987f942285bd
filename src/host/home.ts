import { homedir } from 'node:os';

/** The user's home folder; the root folder for a user of whom the system knows no home, as for a uid without an account. */
export function home(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}
