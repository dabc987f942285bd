import { l10n } from 'vscode';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Refusal } from '../../model/plan';
import type { ConfigureRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { planChange } from '../../planning/plan';
import { back, type Choice, type Dialogs } from '../dialogs/dialogs';
import { remarkRows, type Remarks } from './remarks';
import { sharedFields } from './several/sharedFields';
import { together } from './several/together';
import { fieldsOf, wantedText, type Field, type Wanted } from './configureFields';

type Answer = { field: Field } | { then: 'configure' | 'show-plan' };

/**
 * Asks for a VF's settings: a list of what can be set, with the current values, repeatedly until the person is done.
 * Resolves to the request, and whether to make the change or only to show it.
 */
export async function askConfiguration(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
): Promise<{ request: ConfigureRequest; then: 'configure' | 'show-plan' } | undefined> {
  const title = l10n.t('Configure VF {0} of {1}', vf.index, pf.name ?? pf.pci);
  const asked = await askWanted(dialogs, title, fieldsOf(snapshot, pf, vf), (wanted) =>
    planChange(snapshot, { kind: 'configure', vf: vf.pci, ...wanted }),
  );
  return asked && { request: { kind: 'configure', vf: vf.pci, ...asked.wanted }, then: asked.then };
}

/** The same for several VFs: settings for all of them. */
export async function askConfigurations(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  vfs: VirtualFunction[],
): Promise<{ requests: ConfigureRequest[]; then: 'configure' | 'show-plan' } | undefined> {
  const requests = (wanted: Wanted) =>
    vfs.map(({ pci }): ConfigureRequest => ({ kind: 'configure', vf: pci, ...wanted }));
  const title = l10n.t('Configure {0} VFs', vfs.length);
  const asked = await askWanted(dialogs, title, sharedFields(snapshot, vfs), (wanted) =>
    together(requests(wanted).map((request) => planChange(snapshot, request))),
  );
  return asked && { requests: requests(asked.wanted), then: asked.then };
}

async function askWanted(
  dialogs: Dialogs,
  title: string,
  fields: Field[],
  plan: (wanted: Wanted) => Remarks | Refusal,
): Promise<{ wanted: Wanted; then: 'configure' | 'show-plan' } | undefined> {
  let wanted: Wanted = {};
  for (;;) {
    const choices = choicesOf(fields, wanted, () => plan(wanted));
    const answer = await dialogs.pick<Answer>({
      title,
      placeholder: l10n.t('What do you want to change?'),
      choices,
    });
    if (answer === undefined || answer === back) return undefined;
    if ('then' in answer) return { wanted, then: answer.then };
    const more = await askField(dialogs, title, answer.field);
    if (more === undefined) return undefined;
    if (more !== back) wanted = { ...wanted, ...more };
  }
}

function choicesOf(
  fields: Field[],
  wanted: Wanted,
  plan: () => Remarks | Refusal,
): (Choice<Answer> | string)[] {
  const rows = fields.map((field): Choice<Answer> => {
    const to = wantedText({ [field.attribute]: wanted[field.attribute] });
    return {
      label: field.label,
      description: to ? `${field.now} → ${to}` : field.now,
      icon: 'edit',
      value: { field },
    };
  });
  if (Object.keys(wanted).length === 0) return rows;
  return [
    {
      label: l10n.t('Configure'),
      description: wantedText(wanted),
      icon: 'check',
      value: { then: 'configure' },
    },
    {
      label: l10n.t('Show Plan'),
      description: l10n.t('every step and its undo, without running them'),
      icon: 'list-ordered',
      value: { then: 'show-plan' },
    },
    ...remarkRows<Answer>(plan(), { then: 'show-plan' }),
    l10n.t('more'),
    ...rows,
  ];
}

async function askField(
  dialogs: Dialogs,
  over: string,
  { label, now, choices, text }: Field,
): Promise<Wanted | typeof back | undefined> {
  const title = `${over}: ${label}`;
  if (choices) {
    const rows = choices.map(({ wanted, ...row }) => ({ ...row, value: wanted }));
    return dialogs.pick({
      title,
      placeholder: l10n.t('{0} is {1}', label, now),
      choices: rows,
      canGoBack: true,
    });
  }
  if (!text) return back;
  const { prompt, value, problem, read } = text;
  const typed = await dialogs.ask({ title, prompt, value, problem, canGoBack: true });
  return typeof typed === 'string' ? read(typed) : typed;
}
