import type { ChangeRequest } from '../../model/request';

/** What a person does for the first time, each the end of a step of the walkthrough, in its order. */
export const deeds = ['connected', 'checked', 'elevated', 'created', 'attached', 'seen', 'undone'] as const;
export type Deed = (typeof deeds)[number];

/** The context key that says that it was done. */
export const deedKey = (deed: Deed): string => `sriov.walkthrough.${deed}`;

/** What it means for the walkthrough that a change was made. */
export function deedOf(request: ChangeRequest): Deed | undefined {
  switch (request.kind) {
    case 'set-vfs':
      return request.count > 0 ? 'created' : undefined;
    case 'attach':
      return 'attached';
    case 'detach':
    case 'undo':
      return 'undone';
    default:
      return undefined;
  }
}
