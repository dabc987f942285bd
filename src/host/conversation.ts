import type { Readable, Writable } from 'node:stream';
import { framed, type Marks } from './bootstrap';
import { PrivilegeError, privilegeError } from './privilege';

interface Talking {
  stdin: Writable;
  stderr: Readable;
}

/** What to run, the words around it, and the password if sudo asks for one. */
export interface Talk {
  program: string;
  marks: Marks;
  password?: string;
  /** Input after the program tells it that somebody is reading; see {@link framed}. */
  isStreamed?: boolean;
}

/** How far a program got: the login ended, or our shell ran but something else read the program, or it ran. */
export type Reached = 'login' | 'shell' | 'program';

/**
 * Talks to the shell on the other end of three pipes, and to a sudo before it: sends the password when asked, once,
 * and the program when root's shell is ready. Separates the login's output from the program's.
 */
export class Conversation {
  /** Standard output from before our shell. */
  noise = '';
  /** Undefined: the program waits until the shell is ready. */
  readonly opening: string | undefined;
  /** Our shell runs. */
  isReady = false;
  private readonly program: string;
  private problem: PrivilegeError | undefined;
  private asked = 0;
  private said = '';
  private child: Talking | undefined;

  constructor(private readonly talk: Talk) {
    this.program = framed(talk.program, talk.marks, talk.isStreamed);
    this.opening = talk.password === undefined ? this.program : undefined;
  }

  follow(child: Talking): void {
    this.child = child;
    // It may end without reading its input.
    child.stdin.on('error', () => {});
    if (this.opening !== undefined && this.talk.isStreamed) this.send(this.opening);
    if (this.opening === undefined) child.stderr.on('data', (chunk: unknown) => this.hear(String(chunk)));
  }

  /** A line of standard output; true when it isn't the program's. */
  takes(line: string): boolean {
    if (this.isReady) return false;
    if (line === this.talk.marks.ready) {
      this.isReady = true;
      if (this.opening === undefined) this.send(this.program);
    } else this.noise += `${line}\n`;
    return true;
  }

  reached(stderr: string): Reached {
    if (!this.isReady) return 'login';
    return stderr.includes(`\n${this.talk.marks.eaten}\n`) ? 'shell' : 'program';
  }

  /** Standard error of the program, or of the login if no program ran. */
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
    // A question of another module behind sudo, such as for a one-time code.
    const open = said.split(prompt).at(-1)?.split('\n').at(-1)?.trim() ?? '';
    if (/[:?]$/.test(open) && !open.startsWith('sudo:'))
      this.giveUp(new PrivilegeError('more-than-password', open));
  }

  private send(program: string): void {
    if (this.talk.isStreamed) this.child?.stdin.write(program);
    else this.child?.stdin.end(program);
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
