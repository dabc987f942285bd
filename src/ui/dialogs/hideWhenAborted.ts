/** Closes a box when nobody wants its answer any more; hiding it answers it as Esc does. */
export function hideWhenAborted(box: { hide(): void }, signal: AbortSignal | undefined): void {
  signal?.addEventListener('abort', () => box.hide(), { once: true });
}
