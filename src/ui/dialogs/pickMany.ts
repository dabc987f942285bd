import { QuickInputButtons, window } from 'vscode';
import { back, type PickManyQuestion } from './dialogs';
import { showBox } from './showBox';
import { toItem, type Item } from './quickPick';

/** A quick pick of which any number of rows can be ticked. What is wrong with those that are stands in the title, and the box stays open. */
export function pickMany<T>(question: PickManyQuestion<T>): Promise<T[] | typeof back | undefined> {
  const { title, placeholder, choices, picked = [], problem } = question;
  const box = window.createQuickPick<Item<T>>();
  box.canSelectMany = true;
  box.title = title;
  box.placeholder = placeholder;
  box.buttons = question.canGoBack ? [QuickInputButtons.Back] : [];
  box.items = choices.map(toItem);
  box.selectedItems = box.items.filter(({ value }) => value !== undefined && picked.includes(value));
  box.matchOnDescription = true;
  // A click beside it must not throw away what was ticked.
  box.ignoreFocusOut = true;
  const ticked = (): T[] => box.selectedItems.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return new Promise((resolve) => {
    box.onDidTriggerButton(() => {
      resolve(back);
      box.hide();
    });
    box.onDidChangeSelection(() => (box.title = title));
    box.onDidAccept(() => {
      const wrong = problem(ticked());
      if (wrong !== undefined) return void (box.title = `${title}: ${wrong}`);
      resolve(ticked());
      box.hide();
    });
    showBox(box, resolve, question.signal);
  });
}
