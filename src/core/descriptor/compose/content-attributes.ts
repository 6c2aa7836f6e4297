import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import { type Attribute, kept } from './attribute.ts';
import type { Content } from './declared-contents.ts';
import type { ServiceReader } from './service-reader.ts';

/** Secrets and configs: grants of a service to what is declared at the top level. */
export const contentAttributes: readonly Attribute[] = [
  kept(
    'secrets',
    'secrets, files',
    (service, value, path) => readGrants(service, 'secrets', value, path),
    'external ones are secrets of the host; one from a file or variable is a file at the same place',
  ),
  kept(
    'configs',
    'files',
    (service, value, path) => readGrants(service, 'configs', value, path),
    'external ones are refused',
  ),
];

interface Grant {
  readonly source: string;
  readonly target: string | undefined;
  readonly mode: string | undefined;
  readonly at: Path;
}

function readGrants(service: ServiceReader, kind: 'secrets' | 'configs', value: unknown, path: Path): void {
  const { reader, project } = service;
  for (const [item, at] of reader.list(value, path)) {
    const grant = grantOf(service, item, at);
    if (grant === undefined) continue;
    const declared = project[kind];
    const content = declared.get(grant.source);
    if (content === undefined) {
      const guess = nearest(grant.source, [...declared.keys()]);
      reader.failMissing(
        at,
        'VALUE_INVALID',
        `there is no ${kind === 'secrets' ? 'secret' : 'config'} ${quote(grant.source)} in this file`,
        guess === undefined ? `declare it at the top level, under ${kind}` : `did you mean ${guess}?`,
      );
      continue;
    }
    if (kind === 'secrets') giveSecret(service, grant, content);
    else giveFile(service, grant, content, { kind, target: grant.target ?? `/${grant.source}` });
  }
}

function grantOf(service: ServiceReader, item: unknown, at: Path): Grant | undefined {
  const { reader } = service;
  if (typeof item === 'string') return { source: item, target: undefined, mode: undefined, at };
  const fields = reader.fields(item, at, ['source', 'target', 'uid', 'gid', 'mode']);
  const source = fields === undefined ? undefined : reader.text(fields['source'], [...at, 'source']);
  if (fields === undefined || source === undefined) return undefined;
  for (const key of ['uid', 'gid'])
    if (fields[key] !== undefined)
      service.approximate([...at, key], "left out: the file is root's, and readable by its mode");
  const { mode } = fields;
  return {
    source,
    target: reader.textOf(fields, 'target', at),
    // YAML writes an octal number with a zero; any other is meant as it is.
    mode: typeof mode === 'number' ? `0${mode.toString(8)}` : reader.textOf(fields, 'mode', at),
    at,
  };
}

function giveSecret(service: ServiceReader, grant: Grant, declared: Content): void {
  const file = grant.target?.replace(/^\/run\/secrets\//, '') ?? grant.source;
  if (declared.external) {
    const name = declared.name ?? grant.source;
    const said = {
      name,
      ...(file === name ? {} : { file }),
      ...(grant.mode === undefined ? {} : { mode: grant.mode }),
    };
    service.add('secrets', Object.keys(said).length === 1 ? name : said, grant.at);
    return;
  }
  const target = file.startsWith('/') ? file : `/run/secrets/${file}`;
  giveFile(service, grant, declared, { kind: 'secrets', target });
  service.approximate(
    grant.at,
    `a file at the same place; with external: true, gear secret set ${grant.source} keeps it encrypted`,
  );
}

function giveFile(
  service: ServiceReader,
  { source, mode, at }: Grant,
  declared: Content,
  { kind, target }: { readonly kind: 'secrets' | 'configs'; readonly target: string },
): void {
  const { environment } = service.reader.context;
  const said = { target, ...(mode === undefined ? {} : { mode }) };
  const { file, content, environment: variable, external } = declared;
  if (file !== undefined) {
    const made = ['containers', service.service.container, 'files', service.count('files'), 'source'];
    service.add('files', { source: file, ...said }, at);
    service.reader.places.set(made, [kind, source, 'file']);
  } else if (content !== undefined) service.add('files', { content, ...said }, at);
  else if (variable !== undefined && Object.hasOwn(environment, variable)) {
    service.refer(['files', service.count('files'), 'content'], variable);
    service.add('files', { content: environment[variable], ...said }, at);
  } else if (variable !== undefined)
    service.reader.fail(
      at,
      'VARIABLE_UNSET',
      `the variable ${variable} is not set`,
      `export ${variable} first`,
    );
  else if (external)
    service.refuse(
      at,
      `${source} is kept by Swarm, and gear reads no configs from there`,
      'give it a file: or content:',
    );
  else
    service.reader.fail(
      at,
      'VALUE_INVALID',
      `${quote(source)} has no content`,
      'declare it with file:, content: or environment:',
    );
}
