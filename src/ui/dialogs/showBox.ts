import type { QuickInput } from 'vscode';

/** Shows a box until it is hidden, which answers it as Esc does unless it was answered before. It is hidden, too, when nobody wants its answer any more. */
export function showBox(
  box: QuickInput,
  answer: (nothing: undefined) => void,
  signal: AbortSignal | undefined,
): void {
  box.onDidHide(() => {
    answer(undefined);
    box.dispose();
  });
  signal?.addEventListener('abort', () => box.hide(), { once: true });
  box.show();
}
