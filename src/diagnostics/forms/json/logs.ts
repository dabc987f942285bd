import { isObject, objects, shape, text, type Fields } from './shapes';

/** `dmesg -J`. */
export const dmesg = shape(
  (value) =>
    isObject(value) && Array.isArray(value.dmesg) && value.dmesg.every((one) => isObject(one) && 'msg' in one)
      ? objects(value.dmesg)
      : null,
  (messages) => messages.map(({ time, msg }) => `[${Number(text(time) || 0).toFixed(6)}] ${text(msg)}`),
);

/** A field of the journal is a list of bytes where it isn't plain text. */
const journalText = (value: unknown): string =>
  Array.isArray(value) && value.every((byte) => typeof byte === 'number')
    ? new TextDecoder().decode(Uint8Array.from(value))
    : text(value);
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function journalTime(micros: string): string {
  const date = new Date(Number(micros || 0) / 1000);
  const valid = Number.isNaN(date.getTime()) ? new Date(0) : date;
  const day = `${valid.getUTCDate()}`.padStart(2);
  return `${months[valid.getUTCMonth()]} ${day} ${valid.toISOString().slice(11, 19)}`;
}

/** `journalctl -o json`. */
export const journal = shape(
  (value) =>
    isObject(value) && 'MESSAGE' in value && ('_TRANSPORT' in value || '__REALTIME_TIMESTAMP' in value)
      ? value
      : null,
  (entry) => {
    const who =
      entry._TRANSPORT === 'kernel' ? 'kernel' : text(entry.SYSLOG_IDENTIFIER ?? entry._COMM) || 'journal';
    const when = journalTime(text(entry.__REALTIME_TIMESTAMP));
    const host = text(entry._HOSTNAME) || 'host';
    return journalText(entry.MESSAGE)
      .split('\n')
      .map((line) => `${when} ${host} ${who}: ${line}`);
  },
);

const messageKeys = ['msg', 'message', 'log'] as const;
const reasonKeys = ['error', 'err', 'details', 'errorVerbose', 'reason'] as const;
const first = (entry: Fields, keys: readonly string[]): string =>
  keys.map((key) => entry[key]).find((value): value is string => typeof value === 'string' && value !== '') ??
  '';

/** A line of a program that logs in JSON, of a container's log, or the result of a CNI plugin that failed. */
export const logged = shape(
  (value) =>
    isObject(value) && first(value, messageKeys) !== '' && !('apiVersion' in value) && !('kind' in value)
      ? value
      : null,
  (entry) => {
    const message = first(entry, messageKeys).trimEnd();
    const reason = first(entry, reasonKeys);
    const inner = message.split('\n');
    return reason === '' || message.includes(reason) ? inner : [`${message}: ${reason}`];
  },
);
