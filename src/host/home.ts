import { homedir } from 'node:os';

/** The user's home folder; the root folder for a user without one, such as a uid without an account. */
export function home(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}
