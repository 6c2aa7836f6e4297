import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readGeard } from '../../src/core/descriptor/geard/read-geard.ts';
import type { Result } from '../../src/errors/failure.ts';

/** Reads the text of a deployment. */
export function geardOf(text: string): Promise<Result<ForeignApp>> {
  const file = { path: 'shop.json', bytes: new TextEncoder().encode(text) };
  const context = { directory: '/srv/shop', environment: {}, files: new Map() };
  return readGeard(file, 'shop.json.20150320-101112', context);
}
