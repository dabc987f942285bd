import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Plan, Step } from '../../../src/model/plan';
import { again, folder, lines, outcome, pci, plan, run, write } from './executing';

describe('a function that is removed in the middle', () => {
  const device = () => join(folder, 'devices', pci);
  /** The function goes, or is recreated, in the step between the two; then a step fails. */
  const removed = (how: string): Plan =>
    plan([
      { ...write('record'), undo: ['drop_record', pci] },
      { ...write('a'), undo: ['false'] },
      { ...write('b'), apply: ['sh', '-c', how], undo: ['take', 'record'] },
      { ...write('c'), apply: ['false'], undo: ['save_record', pci, '{}'] },
    ]);
  const records = () => readdir(join(folder, 'state/attachments'));
  beforeEach(() => mkdir(device(), { recursive: true }));

  test('leaves nothing that could not be undone, and no record', async () => {
    const answer = await run(removed(`rmdir ${device()}`), 'c1');
    expect(outcome(answer)).toBe('@ outcome undone');
    expect(await lines()).toEqual(['a']);
    expect(await records()).toEqual([]);
  });

  test('and was recreated is not touched: it is not ours', async () => {
    const made = `mkdir ${device()}.new; rmdir ${device()}; mv ${device()}.new ${device()}`;
    expect(outcome(await run(removed(made), 'c1'))).toBe('@ outcome undone');
    expect(await lines()).toEqual(['record', 'a']);
    expect(await records()).toEqual([]);
  });

  test('is not worked on when the change is finished', async () => {
    await run(plan([write('a'), { ...write('b'), apply: ['kill_once', 'b'] }]), 'c1');
    await rm(device(), { recursive: true });
    expect(await again('c1', 'finish')).toContain('has been removed');
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
  });

  describe('of a change about several', () => {
    const other = '0000:09:00.7';
    /** The first is removed in a step of the other; then a step fails. */
    const both = (undo: Step['undo']): Plan =>
      plan([
        { ...write('a'), device: other },
        { ...write('b'), undo: ['false'], device: pci },
        { ...write('c'), apply: ['sh', '-c', `rmdir ${device()}`], undo, device: other },
        { ...write('d'), apply: ['false'], undo: 'none', device: pci },
      ]);
    beforeEach(() => mkdir(join(folder, 'devices', other)));

    test('what was done to the others is undone', async () => {
      expect(outcome(await run(both('none'), 'c1'))).toBe('@ outcome undone');
      expect(await lines()).toEqual(['b']);
    });

    test('what of the others can’t be undone is stuck', async () => {
      expect(outcome(await run(both(['false']), 'c1'))).toBe('@ outcome stuck');
      expect(await lines()).toEqual(['b']);
    });
  });

  test('what fails while it is there is stuck', async () => {
    const stuck = plan([{ ...write('a'), apply: ['false'], undo: ['false'] }]);
    expect(outcome(await run(stuck, 'c1'))).toBe('@ outcome stuck');
  });
});
