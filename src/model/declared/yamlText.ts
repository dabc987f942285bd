/** As YAML: a string in quotes, so that no reader takes it for something else. Characters that end a line in YAML are escaped. */
export const yamlScalar = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Maps and lists, each value on a line of its own; what is undefined is left out. */
export const yamlBlock = (value: object): string => lines(value).join('\n');

function lines(value: object): string[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown) => {
      const [first = '', ...rest] = isNested(one) ? lines(one) : [leaf(one)];
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .flatMap(([key, one]: [string, unknown]) =>
      isNested(one)
        ? [`${keyText(key)}:`, ...lines(one).map((line) => `  ${line}`)]
        : [`${keyText(key)}: ${leaf(one)}`],
    );
}

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some((one) => one !== undefined);

const leaf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[]' : '{}') : yamlScalar(value);

/** Readers of YAML 1.1 take some words for booleans. */
const keyText = (key: string): string =>
  /^[A-Za-z][\w./-]+$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)
    ? key
    : yamlScalar(key);
