import { describe, expect, test, vi } from 'vitest';
import manifest from '../../../package.json';
import { purposes } from '../../../src/model/finding';
import { askableKeys, askables } from '../../../src/model/vfAttributes/table';
import { toolNames } from '../../../src/ui/agents/names';
import { registerTools } from '../../../src/ui/agents/register';
import { forms, requestFrom, words } from '../../../src/ui/agents/requestFrom';
import { bareHost, container, pf, vf } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';

vi.mock('vscode', async () => ({
  l10n: (await import('./fakeL10n')).l10n,
  lm: undefined,
  MarkdownString: class {
    value = '';
    appendText(text: string) {
      this.value += text.replace(/[\\`*_{}[\]()#+\-!~<>]/g, '\\$&');
      return this;
    }
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
  },
  LanguageModelTextPart: class {
    constructor(readonly value: string) {}
  },
  LanguageModelToolResult: class {
    constructor(readonly content: { value: string }[]) {}
  },
}));

const declared: {
  name: string;
  when: string;
  modelDescription: string;
  inputSchema: Schema;
}[] = manifest.contributes.languageModelTools;

interface Schema {
  type: string;
  description?: string;
  enum?: string[];
  required?: string[];
  additionalProperties?: boolean;
  properties?: Record<string, Schema | undefined>;
}
const schemaOf = (name: string) => declared.find((tool) => tool.name === name)?.inputSchema;

describe('the manifest', () => {
  test('has the tools that are registered, for whoever lets agents in', () => {
    expect(declared.map(({ name }) => name)).toEqual(toolNames);
    for (const { when } of declared) expect(when).toBe('!config.chat.disableAIFeatures');
  });

  test.each(declared)('$name takes nothing that it doesn’t explain', ({ inputSchema, modelDescription }) => {
    expect(modelDescription.length).toBeGreaterThan(100);
    expect(inputSchema.additionalProperties).toBe(false);
    for (const [name, one] of Object.entries(inputSchema.properties ?? {}))
      expect([name, one?.description?.length ?? 0]).toEqual([name, expect.toSatisfy((n) => Number(n) > 15)]);
  });

  test('takes what the requests take: no more, no less', () => {
    const schema = schemaOf('sriov_plan_change');
    expect(schema?.properties?.['change']?.enum).toEqual(Object.keys(forms));
    expect(Object.keys(schema?.properties ?? {}).sort()).toEqual(['change', ...Object.keys(words)].sort());
    const used = Object.values(forms).flatMap((form) => [...(form?.needs ?? []), ...(form?.takes ?? [])]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
    const options = askableKeys.map((key) => askables[key].option);
    const settings = Object.keys(schema?.properties?.['settings']?.properties ?? {});
    expect(settings.sort()).toEqual(options.sort());
  });

  test.each(['engine', 'mode', 'macvlanMode'])('lists the choices of %s', (word) => {
    const choices = schemaOf('sriov_plan_change')?.properties?.[word]?.enum ?? [];
    const asked = (choice: string) =>
      requestFrom({ change: 'attach', vf: 'a', container: 'b', [word]: choice });
    expect(choices.map(asked)).toEqual(
      choices.map((choice) => expect.objectContaining({ [word]: choice }) as object),
    );
    expect(asked('another')).toBe(`${word}: it must be one of ${choices.join(', ')}.`);
  });

  test('takes the same for a plan and for the change', () => {
    expect(schemaOf('sriov_apply_change')).toEqual(schemaOf('sriov_plan_change'));
  });

  test('has no word for what only a person may ask', () => {
    expect(JSON.stringify(declared)).not.toMatch(/"force/i);
    expect(words).not.toHaveProperty('forceInterface');
  });

  test('knows the purposes', () => {
    for (const name of ['sriov_run_readiness', 'sriov_explain_log'])
      expect(schemaOf(name)?.properties?.['purpose']?.enum).toEqual(purposes);
  });
});

describe('registering', () => {
  const host = (name = 'fw') => bareHost({ pfs: [pf([vf(0)])], containers: [container(name)] });
  type Registered = Parameters<
    Exclude<Parameters<typeof registerTools>[1], undefined>['registerTool'] & object
  >[1];

  async function registered(name: string) {
    const bench = await fakeWorkbench(host(name));
    const known = new Map<string, Registered>();
    const registerTool = (id: string, tool: Registered) => {
      known.set(id, tool);
      return { dispose: () => {} };
    };
    registerTools(bench, { registerTool: registerTool });
    return { bench, known };
  }
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };

  test('is left out where the editor knows no agents', async () => {
    expect(registerTools(await fakeWorkbench(host()))).toEqual([]);
    expect(registerTools(await fakeWorkbench(host()), {})).toEqual([]);
  });

  test('asks with the plan, in which what a host calls its things is text', async () => {
    const { bench, known } = await registered('[x](command:evil)');
    const input = { change: 'attach', vf: 'enp1s0:0', container: container('[x](command:evil)').id };
    const prepared = await known.get('sriov_apply_change')!.prepareInvocation!({ input }, token);
    const { title, message } = prepared!.confirmationMessages! as {
      title: string;
      message: { value: string };
    };
    expect(title).toContain('[x] (command:evil)');
    expect(message.value).toContain('This will be done:');
    expect(message.value).not.toContain('](command:');
    expect(bench.control.changes).toEqual([]);
  });

  test('asks nothing for what is free, and for what can’t be done', async () => {
    const { known } = await registered('fw');
    const ask = async (name: string, input: object) =>
      (await known.get(name)!.prepareInvocation!({ input }, token))?.confirmationMessages;
    expect(await ask('sriov_plan_change', { change: 'undo' })).toBeUndefined();
    expect(await ask('sriov_list_functions', {})).toBeUndefined();
    expect(await ask('sriov_apply_change', { change: 'attach', vf: 'x', container: 'y' })).toBeUndefined();
  });

  test('answers with JSON, also when the host can’t be reached', async () => {
    const { bench, known } = await registered('fw');
    const said = async () => {
      const result = await known
        .get('sriov_list_functions')!
        .invoke({ input: {}, toolInvocationToken: undefined }, token);
      const [part] = (result as { content: { value: string }[] }).content;
      return JSON.parse(part!.value) as object;
    };
    expect(await said()).toMatchObject({ host: 'lab', adapters: [{ name: 'enp1s0' }] });
    bench.control.failure = new Error('lab does not answer.');
    expect(await said()).toEqual({ refused: 'lab does not answer.' });
  });
});
