import { l10n } from 'vscode';
import { offer, running, tellTrouble } from '../changes/tell';
import type { Workbench } from '../workbench';
import { unavailable } from './availability';
import { connectTo } from './hosts/connect';
import { becomeAdmin } from './hosts/elevate';
import { commands, type CommandId } from './table';
import { hostsMeant } from './target';

/** Runs one command of the table: on the host that was named, if it can be run now, telling whatever goes wrong. */
export async function run(
  workbench: Workbench,
  id: CommandId,
  item?: unknown,
  items?: unknown,
): Promise<void> {
  const command = commands[id];
  if (command.needs === 'nothing') return runOn(workbench, id, item, items);
  const [wanted, ...others] = hostsMeant(workbench, item, items);
  if (others.length > 0)
    return offer(workbench, 'warning', l10n.t('A command works on one host. Select rows of one host.'), {});
  if (wanted !== undefined && !workbench.host.use(wanted) && !(await connectTo(workbench, wanted))) return;
  await runOn({ ...workbench, host: workbench.host.bound() }, id, item, items);
}

async function runOn(workbench: Workbench, id: CommandId, item: unknown, items: unknown): Promise<void> {
  const command = commands[id];
  const { host } = workbench;
  const wasElevated = host.control?.isElevated ?? false;
  try {
    const obstacle = unavailable(command.needs, host, workbench.isTrusted());
    if (!obstacle) {
      if (command.needs !== 'change') return await command.run(workbench, item, items);
      if (!(await becomeAdmin(workbench))) return;
      return await command.run(workbench, item, items);
    }
    const { reason, remedy } = obstacle;
    offer(workbench, 'warning', reason, running(workbench, remedy ? [remedy] : []));
  } catch (error) {
    tellTrouble(workbench, id, error);
  } finally {
    const gotPassword = !wasElevated && (host.control?.isElevated ?? false);
    // Turning access on isn't for one command; all others are.
    if (command.needs === 'change' || (gotPassword && id !== 'sriov.access.elevate'))
      workbench.access.done(host.id);
  }
}
