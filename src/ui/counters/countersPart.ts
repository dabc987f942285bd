import type { Uri } from 'vscode';
import type { PciAddress } from '../../model/functions';
import type { Tooltip } from '../tree/facts';
import type { Workbench } from '../workbench';
import { Counting } from './counting';
import { CountersPanel } from './panel';
import { rateFacts, rowRate } from './rateTexts';
import type { RateText } from './rowRates';

/** All of the counters that a session may never need. */
export class CountersPart {
  readonly counting: Counting;
  readonly panel: CountersPanel;

  constructor(extension: Uri, workbench: Workbench) {
    this.counting = new Counting(workbench.host, workbench.settings);
    this.panel = new CountersPanel(extension, workbench, this.counting);
  }

  textOf(pci: PciAddress): RateText | undefined {
    const { tracker } = this.counting;
    return tracker && rowRate(tracker, pci);
  }

  factsOf(pci: PciAddress): Tooltip {
    const { tracker, isReading } = this.counting;
    return tracker && isReading ? rateFacts(tracker, pci) : [];
  }

  dispose(): void {
    this.panel.dispose();
    this.counting.dispose();
  }
}
