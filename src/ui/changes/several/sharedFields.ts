import { l10n } from 'vscode';
import type { VirtualFunction } from '../../../model/functions';
import { pfOf, type HostSnapshot } from '../../../model/snapshot';
import type { AskableKey } from '../../../model/vfAttributes/table';
import { fieldsOf, type Field } from '../configureFields';

/** No two VFs have the same of these. */
const own: AskableKey[] = ['mac', 'nodeGuid', 'portGuid'];

/** What can be configured for each of several VFs, to the same value. */
export function sharedFields(snapshot: HostSnapshot, vfs: VirtualFunction[]): Field[] {
  const each = vfs.map((vf) => {
    const pf = pfOf(snapshot, vf);
    return pf ? fieldsOf(snapshot, pf, vf) : [];
  });
  return (each[0] ?? [])
    .filter(({ attribute }) => !own.includes(attribute))
    .flatMap((first) => {
      const all = each.flatMap((fields) => fields.filter(({ attribute }) => attribute === first.attribute));
      return all.length === vfs.length ? [shared(first, all)] : [];
    });
}

function shared(first: Field, all: Field[]): Field {
  const isSame = all.every(({ now }) => now === first.now);
  const now = isSame ? first.now : l10n.t('different');
  const { choices, text } = first;
  if (choices)
    return {
      ...{ ...first, now },
      choices: choices.filter(({ label }) =>
        all.every((field) => field.choices?.some((choice) => choice.label === label)),
      ),
    };
  return {
    ...{ ...first, now },
    text: text && {
      ...text,
      value: isSame ? text.value : '',
      problem: (typed) =>
        all.map((field) => field.text?.problem(typed)).find((problem) => problem !== undefined),
    },
  };
}
