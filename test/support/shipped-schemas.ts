import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const folder = path.join(import.meta.dirname, '..', '..', 'schema');

function compiled(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object;
  return new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
}

/** The shipped schemas as a validator of JSON Schema understands them. */
export const isDescriptor = compiled('gear.schema.json');
export const isOverlay = compiled('gear-overlay.schema.json');
