import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json';
import { enablement } from '../../../src/ui/commands/availability';
import { commands } from '../../../src/ui/commands/table';

const { contributes } = manifest;
const declared: { command: string; enablement?: string }[] = contributes.commands;

describe('a folder that isn’t trusted', () => {
  const settings: Record<string, { scope: string }> = contributes.configuration.properties;
  /** A program, a file of configuration that can name programs, or a machine to go to. */
  const dangerous = Object.keys(settings).filter((name) => /path|file|command|program|host/i.test(name));
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;

  test('can’t make the extension run a program or go to a host of its choosing', () => {
    expect(dangerous).toEqual(
      expect.arrayContaining(['sriov.ssh.path', 'sriov.ssh.configFile', 'sriov.host.default', 'sriov.hosts']),
    );
    for (const name of dangerous) expect([name, settings[name]?.scope]).toEqual([name, 'application']);
    // What a host should be is the folder's to say, as soon as it is trusted.
    expect([...restrictedConfigurations].sort()).toEqual([...dangerous, 'sriov.declared'].sort());
  });

  test('can’t answer for the person either', () => {
    for (const name of ['sriov.confirm.detach', 'sriov.privilege.rememberFor'])
      expect(settings[name]?.scope).toBe('application');
  });

  test('is opened with what only looks; each change is disabled, and refused where it is called all the same', () => {
    expect(supported).toBe('limited');
    for (const [id, { needs }] of Object.entries(commands).filter(([, one]) => one.needs === 'change'))
      expect([id, declared.find(({ command }) => command === id)?.enablement]).toEqual([
        id,
        enablement[needs],
      ]);
    expect(enablement.change).toContain('isWorkspaceTrusted');
  });
});
