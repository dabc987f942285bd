import { userInfo } from 'node:os';

/** Who runs this; empty for somebody who has no account here. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
