import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { Memento } from 'vscode';
import { isThere } from '../../control/hostControl';
import type { ChangeRequest } from '../../model/request';
import type { CurrentHost } from '../hosts/currentHost';
import { Kept } from '../kept';
import type { Guide } from '../workbench';
import { deedKey, deedOf, deeds, type Deed } from './deeds';

/** As the manifest calls it. */
export const walkthroughId = 'sriov.start';

/** VS Code reads the walkthroughs of extensions when it first shows any, and takes up to five seconds. */
const tries = 12;
const between = 500;

/** Completes the steps of the walkthrough by what was really done, whether or not it was open then. */
export class Walkthrough implements Guide {
  private readonly done: Kept<true>;
  private readonly stopListening: () => void;

  constructor(
    private readonly host: CurrentHost,
    state: Memento,
    /** The extension's own id. */
    private readonly extension: string,
    private readonly execute: (command: string, ...words: unknown[]) => Promise<void>,
  ) {
    this.done = new Kept(state, 'sriov.walkthrough', v.literal(true), deeds.length);
    for (const deed of deeds) if (this.done.of(deed)) this.set(deed);
    this.stopListening = host.changed.on(() => this.look());
  }

  made(request: ChangeRequest): void {
    const deed = deedOf(request);
    if (deed) this.did(deed);
  }

  async open(): Promise<void> {
    for (let count = 0; count < tries && !(await this.isKnown()); count += 1) await wait(between);
    for (const deed of deeds) if (this.done.of(deed)) this.complete(deed);
    await this.execute('workbench.action.openWalkthrough', this.id, false);
  }

  private get id(): string {
    return `${this.extension}#${walkthroughId}`;
  }

  /** Whether VS Code has read it; if not, it does so now. What a step is marked as that it doesn't know is an error. */
  private isKnown(): Promise<boolean> {
    return this.execute('welcome.markStepIncomplete', `${this.id}#${deeds[0]}`).then(
      () => true,
      () => false,
    );
  }

  dispose(): void {
    this.stopListening();
  }

  private look(): void {
    const { connection, readiness } = this.host;
    if (isThere(connection)) this.did('connected');
    if (connection.state === 'admin') this.did('elevated');
    if (readiness) this.did('checked');
  }

  did(deed: Deed): void {
    if (this.done.of(deed)) return;
    void this.done.keep(deed, true);
    this.set(deed);
    this.complete(deed);
  }

  private set(deed: Deed): void {
    void this.execute('setContext', deedKey(deed), true);
  }

  /** A key that was set before VS Code read the walkthrough completes no step of it any more. */
  private complete(deed: Deed): void {
    // It keeps the progress of a step that it doesn't know yet, and then says that it doesn't know it.
    this.execute('welcome.markStepComplete', `${this.id}#${deed}`).catch(() => {});
  }
}
