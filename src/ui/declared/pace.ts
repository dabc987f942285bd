/**
 * Does something that is asked for often, but not each time. `after`: when nothing was asked for a while. `at-most`: at once, and then once in
 * a while.
 */
export class Pace {
  private timer: NodeJS.Timeout | undefined;
  private isAsked = false;

  constructor(
    private readonly ms: number,
    private readonly how: 'after' | 'at-most',
    private readonly act: () => void,
  ) {}

  ask(): void {
    if (this.how === 'after') {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.act, this.ms);
    } else if (this.timer === undefined) this.go();
    else this.isAsked = true;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private go(): void {
    this.isAsked = false;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isAsked) this.go();
    }, this.ms);
    this.act();
  }
}
