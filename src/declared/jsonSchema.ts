import { keys } from './keys';
import { schema } from './schema';

/** What we read of a schema of valibot. */
interface Part {
  kind: string;
  type: string;
  pipe?: readonly Part[];
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  options?: readonly (Part | string)[];
  literal?: unknown;
  requirement?: unknown;
}
type Json = Record<string, unknown>;

/** The JSON Schema of `sriov.yaml`, for editors: as much of the one schema as JSON Schema can say. */
export const jsonSchema = (): Json => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'What a host with SR-IOV adapters should be',
  ...converted(schema, ''),
});

function converted(part: Part, path: string): Json {
  const says = keys[path];
  const [base = part, ...checks] = part.pipe ?? [part];
  return {
    ...(says === undefined ? {} : { description: `${says}.` }),
    ...plain(base, path),
    ...(Object.assign({}, ...checks.map((one) => checked(one, base.type))) as Json),
  };
}

function plain(
  { type, entries = {}, wrapped, item, options = [], literal, ...part }: Part,
  path: string,
): Json {
  switch (type) {
    case 'strict_object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(entries).map(([key, one]) => [key, converted(one, path ? `${path}.${key}` : key)]),
        ),
        required: Object.keys(entries).filter((key) => entries[key]?.type !== 'optional'),
        additionalProperties: false,
      };
    case 'optional':
      return wrapped ? converted(wrapped, path) : {};
    case 'array':
      return { type: 'array', items: item ? converted(item, `${path}[]`) : {} };
    case 'union':
      return {
        anyOf: (options as Part[]).map((one) => ({ ...converted(one, path), description: undefined })),
      };
    case 'picklist':
      return { enum: options };
    case 'literal':
      return { const: literal };
    default:
      // A pipe in a pipe.
      return part.pipe ? converted({ type, ...part }, path) : { type };
  }
}

/** What JSON Schema can't say, such as what belongs together, the reader of the file says. */
function checked({ type, requirement }: Part, of: string): Json {
  switch (type) {
    case 'integer':
      return { type: 'integer' };
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'min_length':
      return { [of === 'array' ? 'minItems' : 'minLength']: requirement };
    case 'regex':
      return { pattern: (requirement as RegExp).source };
    default:
      return {};
  }
}
