import {
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  MarkdownString,
  type CancellationToken,
  type Disposable,
} from 'vscode';
import { printableJson } from '../../model/printable';
import { prompt } from '../hostText';
import type { Workbench } from '../workbench';
import { toolNames, type ToolName } from './names';
import type { Question } from './tool';

/** Offers the tools to agents, if the editor supports them. Their code is loaded on first use. */
export const registerTools = (
  workbench: Workbench,
  api: Partial<typeof lm> | undefined = lm,
): Disposable[] =>
  api?.registerTool ? toolNames.map((name) => register(workbench, name, api.registerTool!)) : [];

const load = async (name: ToolName) => (await import('../later')).tools[name];

const register = (workbench: Workbench, name: ToolName, registerTool: typeof lm.registerTool): Disposable =>
  registerTool(name, {
    async prepareInvocation({ input }) {
      const { running, confirm } = await load(name);
      const question = confirm?.(workbench, input);
      return {
        invocationMessage: running,
        ...(question
          ? { confirmationMessages: { title: prompt(question.title), message: asMarkdown(question) } }
          : {}),
      };
    },
    async invoke({ input }, token) {
      const { run } = await load(name);
      const said = await run(workbench, input, signalOf(token)).catch(failure);
      return new LanguageModelToolResult([new LanguageModelTextPart(printableJson(said))]);
    },
  });

/** A failure to reach the host is an answer, too; a cancellation isn't. */
function failure(error: unknown): object {
  if (error instanceof Error && error.name !== 'AbortError') return { refused: error.message };
  throw error;
}

/** Titles of steps contain names from the host: they are text, never markup. */
function asMarkdown({ groups }: Question): MarkdownString {
  const text = new MarkdownString();
  for (const { heading, items } of groups) {
    text.appendText(heading).appendMarkdown('\n\n');
    for (const item of items) text.appendMarkdown('* ').appendText(item).appendMarkdown('\n');
    text.appendMarkdown('\n');
  }
  return text;
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
