import { refuse, type Refusal } from '../model/plan';

/** Invariant 8: what carries our connection or the default route is only changed if the user typed its name. */
export function protection(
  label: string,
  name: string | null,
  because: string[],
  forced: string | undefined,
): Refusal | undefined {
  if (because.length === 0 || (name !== null && forced === name)) return undefined;
  return refuse(
    'protected',
    `${label} is protected: ${because.join('; ')}. Changing it could cut off your access.`,
    {
      do: 'force',
      name: name ?? label,
    },
  );
}
