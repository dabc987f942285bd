import { describe, expect, test } from 'vitest';
import configuration from '../../../src/inventory/configuration.sh';
import counters from '../../../src/inventory/counters/counters.sh';
import events from '../../../src/inventory/events/events.sh';
import evidence from '../../../src/inventory/evidence.sh';
import { everyEngine, everyEngineAtFirst } from '../../../src/inventory/engines';
import triggers from '../../../src/inventory/lasting/triggers.sh';
import { probe } from '../../../src/inventory/probe';
import {
  configurationSections,
  counterSections,
  eventSections,
  evidenceSections,
  probeSections,
  triggerSections,
} from '../../../src/inventory/printed';
import type { Printed } from '../../../src/inventory/sections';

const programs: [string, string, Printed][] = [
  ['probe/', probe, probeSections],
  ['the engines', everyEngine.shell, everyEngine.prints],
  ['the engines at first', everyEngineAtFirst.shell, everyEngineAtFirst.prints],
  ['evidence.sh', evidence, evidenceSections],
  ['events.sh', events, eventSections],
  ['counters.sh', counters, counterSections],
  ['configuration.sh', configuration, configurationSections],
  ['triggers.sh', triggers, triggerSections],
];

/** `section NAME` or `section "NAME ARG…"`, as a command; with what follows the name. */
const printedBy = (shell: string): [string, string][] =>
  shell
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => [
      ...line.matchAll(
        /(?:^|;|\|\||&&|\bthen|\belse)\s*section (?:"([^"]*(?:\$\([^)]*\)[^"]*)?)"|([\w-]+))/g,
      ),
    ])
    .map(([, quoted, bare]): [string, string] => {
      const [, name = '', args = ''] = /^([a-z-]*)(.*)$/.exec(quoted ?? bare ?? '') ?? [];
      return [name, args];
    });

describe.each(programs)('the sections of %s', (_, shell, declared) => {
  const printed = printedBy(shell);

  test('are all found in it', () => {
    const uses = shell
      .split('\n')
      .filter((line) => !/^\s*#|section\(\)/.test(line))
      .join('\n');
    expect(printed.length).toBe([...uses.matchAll(/\bsection ["a-z$]/g)].length);
  });

  test('are declared, and what is declared is printed', () => {
    expect([...new Set(printed.map(([name]) => name))].sort()).toEqual(Object.keys(declared).sort());
  });

  test('have arguments after their name where they are declared with some', () => {
    for (const [name, args] of printed) expect(args !== '', name).toBe(declared[name] !== '');
  });
});
