import type { Handler } from '../command';

/** Shows rates on rows, or no longer. */
export const toggleRates: Handler = (workbench) =>
  workbench.setSetting('counters.showRates', !workbench.settings().showRates);
