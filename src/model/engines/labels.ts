/**
 * The only labels of a container that are read: a label can hold anything, even a password. The first one that is set
 * counts; `podman-compose` writes its own and most of Docker's.
 */
const read = {
  composeProject: ['com.docker.compose.project', 'io.podman.compose.project'],
  composeService: ['com.docker.compose.service'],
  /** For groups of your own. */
  group: ['sriov.group'],
} as const;

/** What a container belongs to by its labels; absent if they don't say. */
export type Belonging = { [K in keyof typeof read]?: string };

export const labelNames: readonly string[] = Object.values(read).flat();

/** More of a label than this is cut off. */
export const mostOfLabel = 128;

export const belongingOf = (labels: Readonly<Record<string, unknown>>): Belonging =>
  Object.fromEntries(
    Object.entries(read).flatMap(([key, names]) => {
      const value = names.map((name) => labels[name]).find((one) => typeof one === 'string' && one !== '');
      return value === undefined ? [] : [[key, (value as string).slice(0, mostOfLabel)]];
    }),
  );
