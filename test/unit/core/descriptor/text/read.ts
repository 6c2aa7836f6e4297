import type { Document, SourceFile } from '../../../../../src/core/descriptor/document.ts';
import { readDocument } from '../../../../../src/core/descriptor/text/read-document.ts';
import type { Failure } from '../../../../../src/errors/failure.ts';

/** A text as a file. */
export function file(text: string, path = 'shop.yaml'): SourceFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** The document of one text, or of several that are laid over each other, with the places of its parts. */
export async function read(
  texts: string | Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<Document> {
  const result = await readDocument(files(texts), { variables });
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  await result.value.locate();
  return result.value;
}

/** The failures of a text that has some. */
export async function refused(
  texts: string | Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly Failure[]> {
  const result = await readDocument(files(texts), { variables });
  if (!result.ok) return result.failures;
  const { value, unfilled } = result.value;
  if (unfilled === undefined) throw new Error(`was read as ${JSON.stringify(value)}`);
  return unfilled.map(({ failure }) => failure);
}

/** A failure as `file:line:column message`. */
export function shown({ place, message }: Failure): string {
  return `${[place?.source, place?.line, place?.column].filter((part) => part !== undefined).join(':')} ${message}`;
}

function files(texts: string | Readonly<Record<string, string>>): readonly SourceFile[] {
  if (typeof texts === 'string') return [file(texts)];
  return Object.entries(texts).map(([path, text]) => file(text, path));
}
