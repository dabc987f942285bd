/** `masked: hosts 1, IPv4 addresses 3`, for the person who will send the file. */
export const maskedText = (masked: Record<string, number>): string =>
  Object.keys(masked).length === 0
    ? 'nothing needed masking'
    : `masked: ${Object.entries(masked)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', ')}`;
