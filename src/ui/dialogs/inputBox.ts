import { InputBoxValidationSeverity, QuickInputButtons, window, type InputBox } from 'vscode';
import { back, type TextQuestion } from './dialogs';
import { showBox } from './showBox';

/** An input box that knows the way back, and says at every key what is wrong so far. */
export function ask(question: TextQuestion): Promise<string | typeof back | undefined> {
  const box = window.createInputBox();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value;
  box.valueSelection = [0, question.value.length];
  box.buttons = question.canGoBack ? [QuickInputButtons.Back] : [];
  // Looking something up in another window must not throw away what was typed.
  box.ignoreFocusOut = true;
  box.password = question.isSecret ?? false;
  const typed = () => (question.isSecret ? box.value : box.value.trim());
  const problem = () => question.problem(typed());
  const comesTo = () => {
    const message = question.comesTo?.(typed());
    return message === undefined ? undefined : { message, severity: InputBoxValidationSeverity.Info };
  };
  // An untouched answer isn't told off; what is typed is.
  box.onDidChangeValue(() => {
    box.validationMessage = problem() ?? comesTo();
    question.typing?.(typed());
  });
  return new Promise((resolve) => {
    box.onDidTriggerButton(() => {
      resolve(back);
      box.hide();
    });
    box.onDidAccept(() => {
      const wrong = problem();
      box.validationMessage = wrong;
      if (wrong !== undefined) return;
      const take = () => {
        resolve(typed());
        box.hide();
      };
      if (!question.agrees) return take();
      void agree(box, question.agrees, typed()).then((isFine) => isFine && take());
    });
    showBox(box, resolve, question.signal);
  });
}

/** Whether nobody objects; shows why not. */
async function agree(
  box: InputBox,
  agrees: NonNullable<TextQuestion['agrees']>,
  text: string,
): Promise<boolean> {
  box.busy = true;
  box.enabled = false;
  const objection = await agrees(text).catch(String);
  box.busy = false;
  box.enabled = true;
  box.validationMessage = objection;
  return objection === undefined;
}
