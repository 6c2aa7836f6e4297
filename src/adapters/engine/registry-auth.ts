import { inspect } from 'node:util';
import type { RegistryCredentials } from './credential-file.ts';

/**
 * The value of X-Registry-Auth: credentials as the engine API takes them (base64url of JSON). It turns into text only
 * when node writes the header; printed or inspected, as docker-modem does with a whole request under DEBUG=modem, it
 * shows nothing.
 */
export class RegistryAuth {
  readonly #header: string;

  constructor(credentials: RegistryCredentials, server: string) {
    const { username, password, identityToken } = credentials;
    const secret = identityToken === '' ? { username, password } : { identitytoken: identityToken };
    const json = JSON.stringify({ ...secret, serveraddress: server });
    this.#header = Buffer.from(json).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  }

  toString(): string {
    return this.#header;
  }

  [inspect.custom](): string {
    return 'RegistryAuth(***)';
  }
}
