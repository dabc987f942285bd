import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab/lab';
import type { Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

/** A VF of a host whose first adapter has four free VFs stays with its container, as a person sees it and ends it. */
export function keepsAttached(lab: Lab, inWorkbench: () => Workbench): void {
  describe('a VF that is kept for a container', () => {
    let workbench: Workbench;
    const run = 'docker run -d --name keeper --network none sriov-lab:busybox';
    beforeAll(async () => {
      workbench = inWorkbench();
      await lab.sh(run);
    });
    afterAll(async () => {
      await lab.sh('docker rm -f keeper >/dev/null 2>&1; true');
      await lab.sriov(['lasting', 'remove', '--all', '--detach', '--yes']);
    });

    const vf = () => workbench.row('Adapters', 'VF 0');
    const inside = () => workbench.row('Containers', 'eth7');
    const says = (text: string) => expect.poll(() => vf().innerText(), { timeout: slow }).toContain(text);
    /** The end of the containers, which has what isn't there, or their beginning: the view is too low for all of them. */
    const lookAt = async (end: 'End' | 'Home') => {
      await workbench.focusView('Containers');
      await workbench.press(end);
    };
    const menu = async (entry: string) => {
      await inside().click({ button: 'right' });
      const item = workbench.page.getByRole('menuitem', { name: entry });
      await item.hover();
      await workbench.page.waitForTimeout(500);
      await item.click();
    };

    test('is so from the last step of an attachment on, after a question that shows what is installed', async () => {
      // It is there as soon as it was made, and can have a VF once it runs.
      const keeper = () => workbench.row('Containers', 'keeper').innerText();
      await expect.poll(keeper, { timeout: slow }).toContain('running');
      await workbench.inlineAction(vf(), 'Attach to Container…');
      await workbench.pickQuick('keeper');
      await workbench.typeInput('eth7');
      await workbench.quickBox.getByText('addresses with prefix length').waitFor();
      await workbench.typeInput('10.99.0.7/24');
      await workbench.quickBox.getByText('also whenever keeper starts again').waitFor();
      await workbench.shot('keep-review');
      await workbench.pickQuick('Attach and Keep');
      await workbench.dialog.getByText('sriov-workbench@docker.service, which listens').waitFor();
      await workbench.shot('keep-question');
      await workbench.answerDialog('Keep');
      await says('enp1s0v0 → keeper:eth7 · kept · 10.99.0.7/24');
      await workbench.notification('VF 0 of enp1s0 is kept for container keeper.').waitFor();
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.shot('kept');
    });

    test('is waited for while the container is away, and there again when it runs', async () => {
      await lab.sh('docker rm -f keeper');
      await says('enp1s0v0 · kept, waiting for container keeper');
      await lookAt('End');
      await expect
        .poll(() => workbench.row('Containers', 'keeper').innerText())
        .toContain('kept, not running here');
      await workbench.shot('kept-waiting');
      await lab.sh(run);
      await lookAt('Home');
      await says('keeper:eth7 · kept · 10.99.0.7/24');
      expect((await lab.vf(0)).holder).toMatchObject({ kind: 'container', name: 'keeper' });
    });

    test('has a log of its runs', async () => {
      await menu('Show Log of Last Runs');
      await workbench.page.getByRole('tab', { name: 'keeper-eth7.log' }).waitFor({ timeout: slow });
      await workbench.page.locator('.view-line').getByText('is in keeper as eth7').first().waitFor();
      await workbench.shot('kept-log');
    });

    test('is so no more after a question that names what is removed, and nothing is left of it', async () => {
      await menu('Stop Keeping…');
      await workbench.shot('stop-keeping');
      await workbench.pickQuick('Detach It, Too');
      await workbench.dialog.getByText('Remove keeper-eth7').waitFor();
      await workbench.shot('stop-keeping-question');
      await workbench.answerDialog('Make 2 Changes');
      await says('enp1s0v0 · free');
      await lab.sh('[ ! -e /etc/sriov-workbench ] && [ ! -e /etc/systemd/system/sriov-workbench@.service ]');
    });
  });
}
