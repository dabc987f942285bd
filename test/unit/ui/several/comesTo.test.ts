import { expect, test, vi } from 'vitest';
import { ask } from '../../../../src/ui/dialogs/inputBox';

const shown = vi.hoisted((): { box: unknown } => ({ box: undefined }));
vi.mock('vscode', () => ({
  InputBoxValidationSeverity: { Info: 1 },
  QuickInputButtons: { Back: {} },
  window: { createInputBox: () => (shown.box = new Box()) },
}));

class Box {
  value = '';
  validationMessage: unknown;
  private readonly heard = new Map<string, () => void>();
  private readonly listen = (event: string) => (listener: () => void) => void this.heard.set(event, listener);
  readonly onDidAccept = this.listen('accept');
  readonly onDidHide = this.listen('hide');
  readonly onDidChangeValue = this.listen('value');
  readonly onDidTriggerButton = this.listen('button');
  show(): void {}
  dispose(): void {}
  hide(): void {
    this.heard.get('hide')?.();
  }
  type(text: string): void {
    this.value = text;
    this.heard.get('value')?.();
  }
  enter(): void {
    this.heard.get('accept')?.();
  }
}

test('what a text comes to is shown where nothing is wrong with it, and keeps nobody from Enter', async () => {
  const answer = ask({
    ...{ title: '', prompt: '', value: '' },
    problem: (text) => (text === 'x' ? 'no number' : undefined),
    comesTo: (text) => (text === '' ? undefined : `${text}0, ${text}1`),
  });
  const box = shown.box as Box;
  expect(box.validationMessage).toBeUndefined();
  box.type('x');
  expect(box.validationMessage).toBe('no number');
  box.type('eth');
  expect(box.validationMessage).toEqual({ message: 'eth0, eth1', severity: 1 });
  box.enter();
  expect(await answer).toBe('eth');
});

test('what is wrong keeps the box open', async () => {
  const answer = ask({
    title: '',
    prompt: '',
    value: 'x',
    problem: () => 'no number',
    comesTo: (text) => text,
  });
  const box = shown.box as Box;
  box.enter();
  expect(box.validationMessage).toBe('no number');
  box.hide();
  expect(await answer).toBeUndefined();
});
