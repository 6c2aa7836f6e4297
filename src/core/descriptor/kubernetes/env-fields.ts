import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import { entryOf, failAbsent, referenceOf } from './cluster.ts';
import { type Field, kept } from './field.ts';
import type { KubeContainer } from './kube-container.ts';
import { factOf } from './pod-facts.ts';
import { parseQuantity } from './quantity.ts';
import { fillReferences } from './variable-references.ts';

/** The variables of a container. What comes from files is read first, so that the others hold before it. */
export const envFields: readonly Field<KubeContainer>[] = [
  kept(
    'envFrom',
    'env',
    (container, value, path) => {
      for (const [item, at] of container.reader.list(value, path)) readSource(container, item, at);
    },
    'a ConfigMap or Secret that is given',
  ),
  kept(
    'env',
    'env',
    (container, value, path) => {
      for (const [item, at] of container.reader.list(value, path)) readVariable(container, item, at);
    },
    '`$(NAME)` is filled; of a Secret that is not given, the secret NAME.KEY of the host',
  ),
];

function readSource(container: KubeContainer, item: unknown, at: Path): void {
  const { reader, cluster } = container;
  const fields = reader.fields(item, at, ['prefix', 'configMapRef', 'secretRef']) ?? {};
  const prefix = reader.textOf(fields, 'prefix', at) ?? '';
  const key = fields['secretRef'] === undefined ? 'configMapRef' : 'secretRef';
  const { name, optional } = referenceOf(reader, fields[key], [...at, key]);
  const entries = (key === 'secretRef' ? cluster.secrets : cluster.configMaps).get(name);
  if (entries !== undefined) {
    for (const [entry, text] of Object.entries(entries))
      if (text === null || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(`${prefix}${entry}`))
        container.approximate(at, `${entry} is left out: it cannot be a variable`);
      else container.put('env', `${prefix}${entry}`, text, at);
    if (key === 'secretRef')
      container.approximate(
        at,
        'its values are variables; named one by one, without the Secret here, gear secret set keeps them encrypted',
      );
  } else if (optional) container.approximate(at, `left out: there is no ${name} in these files`);
  else if (key === 'secretRef')
    container.refuse(
      at,
      `which variables the Secret ${name} holds is not known here`,
      'add the Secret, or name them: valueFrom.secretKeyRef',
    );
  else failAbsent(reader, cluster.configMaps, name, [...at, key], 'ConfigMap');
}

function readVariable(container: KubeContainer, item: unknown, at: Path): void {
  const { reader } = container;
  const fields = reader.fields(item, at, ['name', 'value', 'valueFrom']) ?? {};
  const name = reader.text(fields['name'], [...at, 'name']);
  if (name === undefined) return;
  const { value, valueFrom } = fields;
  if (valueFrom === undefined || valueFrom === null) {
    const text = value === undefined || value === null ? '' : (reader.text(value, [...at, 'value']) ?? '');
    container.put('env', name, fillReferences(text, container.variables), at);
  } else readFrom(container, name, valueFrom, [...at, 'valueFrom']);
}

function readFrom(container: KubeContainer, name: string, value: unknown, at: Path): void {
  const { reader, cluster } = container;
  const fields =
    reader.fields(value, at, [
      'configMapKeyRef',
      'secretKeyRef',
      'fieldRef',
      'resourceFieldRef',
      'fileKeyRef',
    ]) ?? {};
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = fields;
  const put = (text: unknown) => container.put('env', name, text, at.slice(0, -1));
  if (configMapKeyRef !== undefined) {
    const path = [...at, 'configMapKeyRef'];
    const text = entryOf(reader, cluster.configMaps, referenceOf(reader, configMapKeyRef, path), path);
    if (text !== undefined) put(text);
  } else if (secretKeyRef !== undefined) {
    const path = [...at, 'secretKeyRef'];
    const reference = referenceOf(reader, secretKeyRef, path);
    if (cluster.secrets.has(reference.name)) {
      const text = entryOf(reader, cluster.secrets, reference, path);
      if (text === undefined) return;
      put(text);
      container.approximate(
        path,
        `its value is a variable; without the Secret here, gear secret set ${reference.name}.${reference.key} keeps it encrypted`,
      );
    } else {
      const secret = `${reference.name}.${reference.key}`;
      put({ secret });
      container.approximate(path, `the secret ${secret} of the host: gear secret set ${secret}`);
    }
  } else if (fieldRef !== undefined) readField(container, fieldRef, [...at, 'fieldRef'], put);
  else if (resourceFieldRef !== undefined)
    readResource(container, resourceFieldRef, [...at, 'resourceFieldRef'], put);
  else container.refuse(at, 'gear reads no variables from files of a volume', 'write the value itself');
}

function readField(container: KubeContainer, value: unknown, at: Path, put: (text: string) => void): void {
  const { reader, pod } = container;
  const fields: Fields = reader.fields(value, at, ['apiVersion', 'fieldPath']) ?? {};
  reader.textOf(fields, 'apiVersion', at);
  const path = reader.textOf(fields, 'fieldPath', at) ?? '';
  const text = factOf(pod, path);
  if (text !== undefined) put(text);
  else container.refuse(at, `only a cluster knows ${path}`, 'write the value itself');
}

function readResource(container: KubeContainer, value: unknown, at: Path, put: (text: string) => void): void {
  const { reader, fields: own } = container;
  const fields: Fields = reader.fields(value, at, ['containerName', 'resource', 'divisor']) ?? {};
  const resource = reader.text(fields['resource'], [...at, 'resource']);
  const other = reader.textOf(fields, 'containerName', at);
  if (resource === undefined) return;
  if (other !== undefined && other !== own['name']) {
    container.refuse([...at, 'containerName'], 'it is another container', 'write the value itself');
    return;
  }
  const quantity = amountOf(own['resources'], resource);
  const divisor = parseQuantity(reader.textOf(fields, 'divisor', at) ?? '1');
  if (divisor === undefined)
    reader.fail(
      [...at, 'divisor'],
      'VALUE_INVALID',
      'the divisor is no quantity',
      'write it as 1, 1m or 1Mi',
    );
  else if (quantity === undefined)
    container.refuse(at, `the container has no ${quote(resource)}`, 'write the value itself');
  else put(String(Math.ceil(quantity / (divisor || 1))));
}

/** The amount of `limits.cpu` among the resources of a container. */
function amountOf(resources: unknown, resource: string): number | undefined {
  const [kind = '', ...name] = resource.split('.');
  const amounts = (resources as Fields | null | undefined)?.[kind] as Fields | null | undefined;
  const amount = amounts?.[name.join('.')];
  return typeof amount === 'string' || typeof amount === 'number' ? parseQuantity(String(amount)) : undefined;
}
