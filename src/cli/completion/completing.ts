/** By this the completion of a shell asks what may come next; the words follow, the last of them is the one that is being typed. */
export const completing = '__complete';

export const shells = ['bash', 'zsh', 'fish'] as const;
