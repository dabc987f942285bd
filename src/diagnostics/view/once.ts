/** What several rules ask of the same evidence is looked up once. */
export function once<Of extends object, Answer>(look: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { answer: Answer }>();
  return (of) => {
    const found = known.get(of) ?? { answer: look(of) };
    known.set(of, found);
    return found.answer;
  };
}
