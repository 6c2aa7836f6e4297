import type { SourceFile } from '../../src/core/descriptor/document.ts';
import { readCompose } from '../../src/core/descriptor/compose/read-compose.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import type { Result } from '../../src/errors/failure.ts';

interface Place {
  readonly directory?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: readonly SourceFile[];
}

/** Reads the text of a Compose file as compose.yaml of a folder. */
export async function composeOf(text: string, place: Place = {}): Promise<Result<ForeignApp>> {
  const { directory = '/srv/shop', variables = {}, files = [] } = place;
  const bytes = new TextEncoder().encode(text);
  const document = await readDocument([{ path: 'compose.yaml', bytes }], {
    variables,
    foreign: () => ({ variables, rules: 'compose' }),
  });
  if (!document.ok) return document;
  await document.value.locate();
  return readCompose(document.value, {
    directory,
    environment: variables,
    files: new Map(files.map((file) => [file.path, file])),
  });
}
