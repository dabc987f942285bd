/** The word by which a shell's completion asks what may come next; the words so far follow, the last of them still being typed. */
export const completing = '__complete';

export const shells = ['bash', 'zsh', 'fish'] as const;
