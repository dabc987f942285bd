import type { Readable, Writable } from 'node:stream';
import type { Marks } from './bootstrap';
import { PrivilegeError } from './privilege';

interface Talking {
  stdin: Writable;
  stderr: Readable;
}

/**
 * Talks to a sudo on the other end of three pipes: gives the password when it is asked for, once, and the program when
 * root's shell is ready. `problem` says what went wrong so far; a second question means that the answer was wrong.
 */
export class Conversation {
  problem: PrivilegeError | undefined;
  isReady = false;
  private asked = 0;
  private said = '';
  private child: Talking | undefined;

  constructor(
    private readonly marks: Marks,
    private readonly password: string,
    private readonly program: string,
  ) {}

  follow(child: Talking): void {
    this.child = child;
    // It may end without having read what it was given.
    child.stdin.on('error', () => {});
    child.stderr.on('data', (chunk: unknown) => this.hear(String(chunk)));
  }

  /** A line of standard output; true when it was ours and not the program's. */
  takes(line: string): boolean {
    if (this.isReady || line !== this.marks.ready) return false;
    this.isReady = true;
    this.child?.stdin.end(this.program);
    return true;
  }

  /** What was said on standard error without the questions. */
  without(stderr: string): string {
    return stderr.replaceAll(this.marks.prompt, '');
  }

  private hear(text: string): void {
    if (this.isReady || this.problem) return;
    this.said += text;
    const questions = this.said.split(this.marks.prompt).length - 1;
    if (questions > this.asked) {
      this.asked = questions;
      if (questions === 1) this.child?.stdin.write(`${this.password}\n`);
      else this.giveUp(new PrivilegeError('wrong-password', 'Sorry, try again.'));
      return;
    }
    // A question of its own, of another module behind sudo, such as for a one-time code.
    const open = this.said.split(this.marks.prompt).at(-1)?.split('\n').at(-1)?.trim() ?? '';
    if (/[:?]$/.test(open) && !open.startsWith('sudo:'))
      this.giveUp(new PrivilegeError('more-than-password', open));
  }

  private giveUp(problem: PrivilegeError): void {
    this.problem = problem;
    this.child?.stdin.end();
  }
}
