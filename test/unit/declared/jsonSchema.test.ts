import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchema } from '../../../src/declared/jsonSchema';
import { keys, keyTable } from '../../../src/declared/keys';

const schema = jsonSchema();
interface Shape {
  description?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
}
/** Each key that the schema takes, with what it says of it. */
function keysIn({ properties = {}, items, anyOf = [] }: Shape, path = ''): [string, string | undefined][] {
  return [
    ...Object.entries(properties).flatMap(([key, one]) => {
      const here = path ? `${path}.${key}` : key;
      return [[here, one.description] as [string, string | undefined], ...keysIn(one, here)];
    }),
    ...(items ? keysIn(items, `${path}[]`) : []),
    ...anyOf.flatMap((one) => keysIn(one, path)),
  ];
}

test('the schema that editors get is the one that the file is read by', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../../media/sriov.schema.json',
  );
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: Record<'jsonValidation' | 'yamlValidation', { url: string }[]>;
  };
  for (const kind of ['jsonValidation', 'yamlValidation'] as const)
    expect(contributes[kind].map(({ url }) => url)).toEqual(['./media/sriov.schema.json']);
});

test('what it can say of values is in it', () => {
  expect(schema).toMatchObject({
    ...{ required: ['version'], additionalProperties: false },
    properties: {
      version: { const: 1 },
      adapters: {
        items: {
          required: ['nicSelector'],
          properties: {
            nicSelector: { properties: { rootDevices: { minItems: 1, items: { pattern: expect.any(String) as string } } } },
            numVfs: { type: 'integer', minimum: 0, maximum: 4096 },
            vfGroups: {
              items: {
                required: ['vfRange'],
                properties: {
                  vfRange: { anyOf: [{ type: 'string' }, { type: 'number' }], pattern: expect.any(String) as string },
                  deviceType: { enum: ['netdevice', 'vfio-pci'] },
                  spoofChk: { anyOf: [{ type: 'boolean' }, { enum: ['on', 'off'] }] },
                },
              },
            },
          },
        },
      },
    },
  }); // prettier-ignore
});

test('each key is described, once, and docs/declared.md has them all', () => {
  const all = keysIn(schema);
  expect(all.filter(([, description]) => description === undefined)).toEqual([]);
  expect(all.map(([key]) => key).sort()).toEqual(
    Object.keys(keys)
      .filter((key) => !key.endsWith('[]'))
      .sort(),
  );
  expect(readFileSync('docs/declared.md', 'utf8')).toContain(`\n${keyTable()}\n`);
});
