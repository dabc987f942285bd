import { describe, expect, test, vi } from 'vitest';
import type { CancellationToken, DataTransfer, DataTransferItem } from 'vscode';
import { dragAndDrop, type Dropped } from '../../../../src/ui/tree/dragAndDrop';

vi.mock('vscode', () => ({
  DataTransferItem: class {
    constructor(readonly value: unknown) {}
    asString = () => Promise.resolve(String(this.value));
  },
}));

const views = ['sriov.Adapters', 'sriov.containers'];
const adapters = 'application/vnd.code.tree.sriov.adapters';
const containers = 'application/vnd.code.tree.sriov.containers';
const token = {} as CancellationToken;

/** What VS Code hands from one view to another: any number of items of one kind, by its name. */
class Transfer {
  readonly items: [string, DataTransferItem][] = [];
  set(mime: string, item: DataTransferItem) {
    this.items.push([mime, item]);
  }
  [Symbol.iterator]() {
    return this.items[Symbol.iterator]();
  }
}
const item = (text: string) => ({ asString: () => Promise.resolve(text) }) as unknown as DataTransferItem;

async function dropped(transfer: Transfer, row?: string) {
  const heard: Parameters<Dropped>[] = [];
  const controller = dragAndDrop('sriov.containers', views, (...call) => heard.push(call));
  await controller.handleDrop?.(row, transfer as unknown as DataTransfer, token);
  return heard;
}

describe('dragging', () => {
  test('says in lower case which view the rows are of', () => {
    const controller = dragAndDrop('sriov.Adapters', views, () => {});
    expect(controller.dragMimeTypes).toEqual([adapters]);
    expect(controller.dropMimeTypes).toEqual([adapters, containers]);
  });

  test('takes the rows along as a text, which arrives in the other view', async () => {
    const transfer = new Transfer();
    const controller = dragAndDrop('sriov.Adapters', views, () => {});
    await controller.handleDrag?.(['lab/vf/1', 'lab/vf/2'], transfer as unknown as DataTransfer, token);
    expect(transfer.items.map(([mime]) => mime)).toEqual([adapters]);
    expect(await dropped(transfer, 'lab/ctr/docker/1')).toEqual([
      [['lab/vf/1', 'lab/vf/2'], { view: 'sriov.containers', row: 'lab/ctr/docker/1' }],
    ]);
  });
});

describe('dropping', () => {
  test('passes over what VS Code adds under the same name', async () => {
    const transfer = new Transfer();
    transfer.set(adapters, item('{"id":"sriov.adapters","itemHandles":["1/lab/vf/1"]}'));
    transfer.set(adapters, item('["lab/vf/1"]'));
    expect(await dropped(transfer)).toEqual([[['lab/vf/1'], { view: 'sriov.containers', row: undefined }]]);
  });

  test.each([
    ['what is of another kind', 'text/plain', '["lab/vf/1"]'],
    ['what can’t be read', adapters, 'lab/vf/1'],
    ['what is no list of rows', adapters, '[1]'],
  ])('hears nothing of %s', async (_, mime, text) => {
    const transfer = new Transfer();
    transfer.set(mime, item(text));
    expect(await dropped(transfer)).toEqual([]);
  });
});
