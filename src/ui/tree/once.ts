import type { HostSnapshot } from '../../model/snapshot';
import type { Row } from './row';

/** Makes the row of a thing once for each snapshot: who types a filter has the same rows shown at every key. */
export function once<T extends object, More extends unknown[]>(
  make: (snapshot: HostSnapshot, thing: T, ...more: More) => Row,
) {
  const made = new WeakMap<HostSnapshot, WeakMap<T, Row>>();
  return (snapshot: HostSnapshot, thing: T, ...more: More): Row => {
    const rows = made.get(snapshot) ?? new WeakMap<T, Row>();
    made.set(snapshot, rows);
    const row = rows.get(thing) ?? make(snapshot, thing, ...more);
    rows.set(thing, row);
    return row;
  };
}
