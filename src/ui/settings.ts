import * as v from 'valibot';
import { purposes, type Purpose } from '../model/finding';
import { presetsSetting, type Preset } from './changes/startingPoints/presets';

/** Settings as they are used: whatever settings.json contains, these are of the right type. */
export interface Settings {
  defaultHost: string;
  connections: 'one' | 'several' | 'all';
  hosts: string[];
  sshPath: string;
  sshConfigFile: string;
  sshConnectTimeout: number;
  sshReuseConnection: boolean;
  rememberAccess: 'session' | '5min' | 'never';
  refreshInterval: number;
  confirmDetach: 'ask' | 'never';
  purpose: Purpose;
  presets: Record<string, Preset>;
  /** Per host, by its alias or its own name: the file that declares it. */
  declared: Record<string, string>;
  countersInterval: number;
  countersHistory: number;
  showRates: boolean;
}

const text = v.fallback(v.string(), '');

const rows = {
  defaultHost: ['host.default', text],
  connections: ['host.connections', v.fallback(v.picklist(['one', 'several', 'all']), 'one')],
  hosts: ['hosts', v.fallback(v.array(v.string()), [])],
  sshPath: ['ssh.path', text],
  sshConfigFile: ['ssh.configFile', text],
  sshConnectTimeout: [
    'ssh.connectTimeout',
    v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 10),
  ],
  sshReuseConnection: ['ssh.reuseConnection', v.fallback(v.boolean(), true)],
  rememberAccess: ['privilege.rememberFor', v.fallback(v.picklist(['session', '5min', 'never']), '5min')],
  refreshInterval: ['refresh.interval', v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(3600)), 10)],
  confirmDetach: ['confirm.detach', v.fallback(v.picklist(['ask', 'never']), 'ask')],
  purpose: ['readiness.purpose', v.fallback(v.picklist(purposes), 'netdev')],
  presets: ['presets', presetsSetting],
  declared: [
    'declared',
    v.fallback(v.record(v.string(), v.pipe(v.string(), v.regex(/\.(ya?ml|json)$/))), {}),
  ],
  countersInterval: ['counters.interval', v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 1)],
  countersHistory: ['counters.history', v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(256)), 16)],
  showRates: ['counters.showRates', v.fallback(v.boolean(), false)],
} satisfies { [K in keyof Settings]: [string, v.GenericSchema<unknown, Settings[K]>] };

/** The names of the settings, without `sriov.`. */
export const settingKeys = Object.values(rows).map(([key]) => key);

/** `read` gets the name of a setting without `sriov.`. */
export const readSettings = (read: (key: string) => unknown): Settings =>
  Object.fromEntries(
    Object.entries(rows).map(([name, [key, schema]]) => [
      name,
      v.parse(schema as v.GenericSchema, read(key)),
    ]),
  ) as unknown as Settings;
