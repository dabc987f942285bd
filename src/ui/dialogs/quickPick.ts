import {
  QuickInputButtons,
  QuickPickItemKind,
  ThemeIcon,
  window,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import { back, type Choice, type PickQuestion } from './dialogs';
import { showBox } from './showBox';

export interface Item<T> extends QuickPickItem {
  value?: T;
  unavailable?: string;
  typed?: true;
}

/** A quick pick that knows the way back, headings, and answers that are typed. */
export function pick<T>(question: PickQuestion<T>): Promise<T | typeof back | undefined> {
  const box = window.createQuickPick<Item<T>>();
  const offered = question.choices.map(toItem);
  const buttons = (question.buttons ?? []).map(({ icon, tooltip, run }) => ({
    iconPath: new ThemeIcon(icon),
    tooltip,
    run,
  }));
  box.title = question.title;
  box.placeholder = question.placeholder;
  box.buttons = [...(question.canGoBack ? [QuickInputButtons.Back] : []), ...buttons];
  box.items = offered;
  box.matchOnDescription = true;
  // What has to be compared is compared in another window.
  box.ignoreFocusOut = question.signal !== undefined;
  const typed = (): Item<T> | undefined => {
    const choice = question.typed?.(box.value);
    return choice && { ...toItem(choice), alwaysShow: true, typed: true };
  };
  // Last, so that what is offered and fits is what Enter takes.
  if (question.typed)
    box.onDidChangeValue(() => {
      const choice = typed();
      if (choice || box.items !== offered) box.items = choice ? [...offered, choice] : offered;
    });
  return new Promise((resolve) => {
    box.onDidTriggerButton((button) => {
      if (button === QuickInputButtons.Back) resolve(back);
      else buttons.find((one) => one === button)?.run();
      box.hide();
    });
    box.onDidAccept(() => {
      const [selected] = box.selectedItems;
      // The list may be a key behind.
      const chosen = selected?.typed ? typed() : selected;
      if (selected && chosen?.unavailable !== undefined) return explain(box, selected);
      if (chosen?.value === undefined) return;
      resolve(chosen.value);
      box.hide();
    });
    showBox(box, resolve, question.signal);
  });
}

/** Says in the row itself why it can't be taken, unless its label does. */
function explain<T>(box: QuickPick<Item<T>>, item: Item<T>): void {
  if (item.label === item.unavailable) return;
  const explained = { ...item, detail: item.unavailable };
  box.keepScrollPosition = true;
  box.items = box.items.map((one) => (one === item ? explained : one));
  box.activeItems = [explained];
}

export const toItem = <T>(choice: Choice<T> | string): Item<T> =>
  typeof choice === 'string'
    ? { label: choice, kind: QuickPickItemKind.Separator }
    : {
        label: choice.label,
        description: choice.description,
        detail: choice.detail,
        iconPath: choice.icon === undefined ? undefined : new ThemeIcon(choice.icon),
        value: choice.value,
        unavailable: choice.unavailable,
      };
