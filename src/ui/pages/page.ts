import type { Signal } from '../signal';
import type { Html } from './html';

/** What a panel shows, without the panel: it can be tested, and outlives each drawing. */
export interface Page {
  /** Its type, as the manifest's conditions know it (`activeWebviewPanelId`). */
  readonly view: 'sriov.plan' | 'sriov.history' | 'sriov.check';
  /** Of two pages with the same name, the later takes the place of the earlier. */
  readonly name: string;
  /** What its tab says; its name where it says nothing else. */
  readonly title?: string;
  readonly changed: Signal;
  /** The children of `main`. */
  main(): Html[];
  /** A button was pressed. Tells the person what goes wrong. */
  press(press: string, about?: string): Promise<void>;
  /** Nobody looks any more. */
  dispose(): void;
}
