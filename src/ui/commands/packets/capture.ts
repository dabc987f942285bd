import { l10n } from 'vscode';
import type { Captured, HostControl } from '../../../control/hostControl';
import { isRefusal } from '../../../model/plan';
import { offer, tellRefusal, tellTrouble } from '../../changes/tell';
import { walk } from '../../dialogs/walk';
import type { Packets, PacketTarget, Workbench } from '../../workbench';
import type { Handler } from '../command';
import { chooseWire } from './chooseWire';
import { captureLine, type From } from '../../../planning/wire/captureLine';
import { mostMebibytes, questions, type Draft } from './questions';

/** Asks which packets, for how long and where to, and captures them until that, or until the person stops it. */
export const capture: Handler = async (workbench, item) => {
  try {
    await ask(workbench, item);
  } catch (error) {
    tellTrouble(workbench, l10n.t('The capture could not start'), error);
  }
};

async function ask(workbench: Workbench, item: unknown): Promise<void> {
  const { control } = workbench.host;
  const chosen = await chooseWire(workbench, item, l10n.t('Capture Packets'));
  if (!control || !chosen) return;
  // A question for the password would take the place of the ones below.
  const obstacle = await control.elevate();
  if (obstacle) return tellRefusal(workbench, obstacle);
  const { on, wire } = chosen;
  const title = l10n.t('Capture Packets of {0}', wire.label);
  const nothing: Draft = { filter: '', limit: {}, target: 'file' };
  const packets = await workbench.packets();
  const draft = await walk(nothing, questions(workbench.dialogs, packets, control, on, title));
  if (!draft) return;
  if (draft.target === 'line') {
    const line = captureLine(wire, from(workbench, packets), draft.filter, draft.limit.count);
    await workbench.copy(line);
    return workbench.dialogs.say(l10n.t('Copied: {0}', line));
  }
  const name = `${wire.label.replace(/[^\w.-]+/g, '-')}.pcap`;
  const to = draft.target === 'file' ? await packets.file(title, name) : await packets.viewer();
  if (to) await run(workbench, control, { on, label: wire.label }, draft, to);
}

/** How the host is reached from the person's own computer, which this may not be. */
function from({ host, around, settings }: Workbench, { isApart }: Packets): From {
  const isLocal = host.id === 'local';
  // Another login than ours may be no root, even where ours has become it.
  const isRoot = host.snapshot?.host.user.name === 'root';
  return {
    ...{ host: isLocal && isApart ? around().hostname : (host.id ?? ''), isRoot },
    configFile: isLocal || isApart ? '' : settings().sshConfigFile,
  };
}

async function run(
  workbench: Workbench,
  control: HostControl,
  { on, label }: { on: string; label: string },
  { filter, limit }: Draft,
  target: PacketTarget,
): Promise<void> {
  const { dialogs, log } = workbench;
  try {
    const title = l10n.t('Capturing {0}; “Cancel” keeps what was captured', label);
    const captured = await dialogs.progress(title, (report, stop) => {
      let told = 0;
      return control.capture(
        { on, filter, ...limit, as: 'packets', mebibytes: mostMebibytes },
        {
          ...{ to: target.to, stop },
          onBegin({ notes }) {
            log.info(`capture on ${control.id}: ${label}`);
            if (notes.length > 0) report({ message: notes.join(' ') });
          },
          onProgress({ packets, bytes }) {
            if (Date.now() - told < 250) return;
            told = Date.now();
            report({ message: progressText(packets, bytes) });
          },
        },
      );
    });
    await target.finish();
    if (isRefusal(captured)) return tellRefusal(workbench, captured);
    tellEnd(workbench, captured, target);
  } catch (error) {
    await target.finish().catch(() => {});
    tellTrouble(workbench, l10n.t('The capture ended'), error);
  }
}

function tellEnd(
  workbench: Workbench,
  { packets, bytes, dropped, label }: Captured,
  { shows, name }: PacketTarget,
): void {
  const lost = dropped ? ` ${l10n.t('{0} arrived too fast and are missing.', dropped)}` : '';
  const text = l10n.t('{0}: {1}.', label, progressText(packets, bytes));
  workbench.log.info(`captured ${text} ${name ?? ''}`);
  if (name === undefined) return workbench.dialogs.say(`${text}${lost}`);
  offer(workbench, dropped ? 'warning' : 'info', `${text} ${l10n.t('Saved as {0}.', name)}${lost}`, shows);
}

export const progressText = (packets: number, bytes: number): string =>
  packets === 1 ? l10n.t('1 packet, {0}', size(bytes)) : l10n.t('{0} packets, {1}', packets, size(bytes));

const size = (bytes: number): string =>
  bytes < 1024 * 1024
    ? l10n.t('{0} KiB', (bytes / 1024).toFixed(1))
    : l10n.t('{0} MiB', (bytes / 1024 / 1024).toFixed(1));
