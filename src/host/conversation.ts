import type { Readable, Writable } from 'node:stream';
import { framed, type Marks } from './bootstrap';
import { PrivilegeError, privilegeError } from './privilege';

interface Talking {
  stdin: Writable;
  stderr: Readable;
}

/** What is to be run, the words around it, and the password for a sudo on the way that asks for one. */
export interface Talk {
  program: string;
  marks: Marks;
  password?: string;
}

/** How far a program came: the login ended, or our shell ran and the program was read by something else, or it ran. */
export type Reached = 'login' | 'shell' | 'program';

/**
 * Talks to the shell on the other end of three pipes, and to a sudo before it: gives the password when it is asked for, once,
 * and the program when root's shell is ready. Tells apart what the login said and what the program said.
 */
export class Conversation {
  /** What standard output said before our shell did. */
  noise = '';
  /** Undefined: the program waits until the shell is ready. */
  readonly opening: string | undefined;
  private readonly program: string;
  private isReady = false;
  private problem: PrivilegeError | undefined;
  private asked = 0;
  private said = '';
  private child: Talking | undefined;

  constructor(private readonly talk: Talk) {
    this.program = framed(talk.program, talk.marks);
    this.opening = talk.password === undefined ? this.program : undefined;
  }

  follow(child: Talking): void {
    this.child = child;
    // It may end without having read what it was given.
    child.stdin.on('error', () => {});
    if (this.opening === undefined) child.stderr.on('data', (chunk: unknown) => this.hear(String(chunk)));
  }

  /** A line of standard output; true when it isn't the program's. */
  takes(line: string): boolean {
    if (this.isReady) return false;
    if (line === this.talk.marks.ready) {
      this.isReady = true;
      if (this.opening === undefined) this.child?.stdin.end(this.program);
    } else this.noise += `${line}\n`;
    return true;
  }

  reached(stderr: string): Reached {
    if (!this.isReady) return 'login';
    return stderr.includes(`\n${this.talk.marks.eaten}\n`) ? 'shell' : 'program';
  }

  /** What the program said on standard error, or the login when no program ran. */
  remarks(stderr: string): string {
    return after(stderr, this.talk.marks.ready) ?? stderr.replaceAll(this.talk.marks.prompt, '');
  }

  /** Why sudo didn't let us in, if that is what happened. */
  refusal(stderr: string): PrivilegeError | undefined {
    if (this.isReady) return undefined;
    const sudo = after(stderr, this.talk.marks.sudo);
    return this.problem ?? (sudo === undefined ? undefined : privilegeError(this.remarks(sudo)));
  }

  private hear(text: string): void {
    if (this.isReady || this.problem) return;
    this.said += text;
    const { prompt, sudo } = this.talk.marks;
    const said = after(this.said, sudo) ?? '';
    const questions = said.split(prompt).length - 1;
    if (questions > this.asked) {
      this.asked = questions;
      if (questions === 1) this.child?.stdin.write(`${this.talk.password}\n`);
      else this.giveUp(new PrivilegeError('wrong-password', 'Sorry, try again.'));
      return;
    }
    // A question of its own, of another module behind sudo, such as for a one-time code.
    const open = said.split(prompt).at(-1)?.split('\n').at(-1)?.trim() ?? '';
    if (/[:?]$/.test(open) && !open.startsWith('sudo:'))
      this.giveUp(new PrivilegeError('more-than-password', open));
  }

  private giveUp(problem: PrivilegeError): void {
    this.problem = problem;
    this.child?.stdin.end();
  }
}

/** What follows a mark on a line of its own. */
function after(text: string, mark: string): string | undefined {
  const at = text.indexOf(`\n${mark}\n`);
  return at < 0 ? undefined : text.slice(at + mark.length + 2);
}
