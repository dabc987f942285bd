import { askProgram } from '../host/askProgram';
import type { AccessQuestion, AskPerson } from '../model/question';
import { openTerminal, type Terminal } from './terminal';

/**
 * Who gives sudo's password: the program that SUDO_ASKPASS names, else the person at the terminal. Undefined if there
 * is nobody.
 */
export function whoAnswersSudo(env = process.env): AskPerson | undefined {
  const program = env.SUDO_ASKPASS;
  return program ? ({ prompt }, signal) => askProgram(program, `${prompt}: `, signal) : onTerminal();
}

/** Who answers ssh: the person at the terminal, else the program that ssh itself would start, else nobody. */
export const whoAnswersSsh = (env = process.env): AskPerson | 'by environment' | undefined =>
  onTerminal() ?? (env.SSH_ASKPASS ? 'by environment' : undefined);

function onTerminal(): AskPerson | undefined {
  const terminal = openTerminal();
  return terminal && ((question, signal) => askTerminal(terminal, question, signal));
}

async function askTerminal(
  terminal: Terminal,
  { kind, prompt: text, attempt, host }: AccessQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (kind === 'notice') {
    terminal.say(text);
    return '';
  }
  if (kind === 'host-key' || kind === 'confirm') {
    terminal.say(text.replace(/\n[^\n]*\(yes\/no[^]*$/, ''));
    const question = kind === 'host-key' ? `Trust it and connect to ${host}?` : 'Allow it?';
    const answer = await terminal.question(`${question} [y/N] `, { echo: true, signal });
    return /^y(es)?$/i.test(answer?.trim() ?? '') ? 'yes' : undefined;
  }
  if (attempt > 1) terminal.say('Incorrect. Try again.');
  return terminal.question(`${text.replace(/:?\s*$/, '')}: `, { echo: false, signal });
}
