import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { parseImageReference } from './image-reference.ts';

/** What a person gives to a registry. Secret. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What of a login is kept: a registry may give a token in place of the password. Secret. */
export interface StoredLogin extends Login {
  readonly identityToken: string;
}

/** The registry that is meant: HOST[:PORT], also with a scheme before or a path after it. VALUE_INVALID. */
export function parseRegistry(text: string): Result<string> {
  const bare = text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const named = parseImageReference(`${bare}/x`);
  const isHost = bare === 'localhost' || /[.:]/.test(bare);
  if (named.ok && named.value.kind === 'name' && isHost) return ok(named.value.domain);
  return err({
    code: 'VALUE_INVALID',
    message: `${quote(text)} is no registry`,
    next: 'give its host, with a port where it needs one: docker.io, ghcr.io, registry.example:5000',
    subject: text,
  });
}

/**
 * The logins in the text of a store, by registry; null when it is none. The form is that of containers-auth.json(5), which
 * both engines read.
 */
export function readLogins(text: string): ReadonlyMap<string, StoredLogin> | null {
  try {
    const { auths } = JSON.parse(text) as { readonly auths?: unknown };
    if (typeof auths !== 'object' || auths === null) return null;
    return new Map(Object.entries(auths).map(([registry, entry]) => [registry, loginOf(entry)]));
  } catch {
    // Whoever finds null says so.
    return null;
  }
}

/** The text of a store; null where it would be empty. */
export function writeLogins(logins: ReadonlyMap<string, StoredLogin>): string | null {
  if (logins.size === 0) return null;
  const auths = [...logins]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([registry, { username, password, identityToken }]) => {
      const auth = toBase64(`${username}:${identityToken === '' ? password : ''}`);
      return [registry, identityToken === '' ? { auth } : { auth, identitytoken: identityToken }];
    });
  return `${JSON.stringify({ auths: Object.fromEntries(auths) as unknown }, null, 2)}\n`;
}

function loginOf(entry: unknown): StoredLogin {
  const { auth, identitytoken } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const pair = typeof auth === 'string' ? fromBase64(auth) : '';
  const colon = pair.indexOf(':');
  return {
    username: pair.slice(0, Math.max(colon, 0)),
    password: pair.slice(colon + 1),
    identityToken: typeof identitytoken === 'string' ? identitytoken : '',
  };
}

/** btoa(3) of browsers takes Latin-1 alone, and a password may have any character. */
function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function fromBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}
