import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import { type Login, parseRegistry, type StoredLogin, writeLogins } from '../core/model/registry.ts';
import { storedLogins } from '../observe/registries.ts';
import type { RegistryChange, RegistryRow } from '../report/values-of-registries.ts';
import type { FlowContext } from './context.ts';
import { locked } from './locked.ts';
import { preflight } from './preflight.ts';

/** Root's alone: whoever reads it can log in. */
const storeMode = 0o600;

/**
 * Stores a login for every pull of the host, also without a person. The registry is asked first, by an engine of the host,
 * with what that knows of proxies and certificates; what it refuses is not stored.
 */
export async function loginRegistry(
  context: FlowContext,
  given: string,
  login: Login,
): Promise<Result<RegistryChange>> {
  return attempt(async () => {
    await preflight(context);
    const registry = registryOf(given);
    const identityToken = await ask(context, registry, login);
    await change(context, (logins) => logins.set(registry, { ...login, identityToken }));
    return { registry, username: login.username, result: 'logged in' };
  });
}

/** Forgets a login. REGISTRY_UNKNOWN where there is none. */
export async function logoutRegistry(context: FlowContext, given: string): Promise<Result<RegistryChange>> {
  return attempt(async () => {
    await preflight(context);
    const registry = registryOf(given);
    const known = await storedLogins(context.host.files);
    const before = known.get(registry);
    if (before === undefined) {
      throw new FailureError({
        code: 'REGISTRY_UNKNOWN',
        message: `this host has no login for ${registry}`,
        next: known.size === 0 ? 'it has none at all' : `it has those for ${[...known.keys()].join(', ')}`,
        subject: registry,
      });
    }
    await change(context, (logins) => logins.delete(registry));
    return { registry, username: before.username, result: 'logged out' };
  });
}

/** The registries that the host has logins for, never the passwords. */
export async function listRegistries(context: FlowContext): Promise<Result<readonly RegistryRow[]>> {
  return attempt(async () => {
    const logins = await storedLogins(context.host.files);
    return [...logins].map(([registry, { username, identityToken }]) => ({
      registry,
      username,
      token: identityToken !== '',
    }));
  });
}

function registryOf(given: string): string {
  const registry = parseRegistry(given);
  if (!registry.ok) throw new FailureError(...registry.failures);
  return registry.value;
}

/** The first engine that answers asks; what the registry itself says is final. */
async function ask(context: FlowContext, registry: string, login: Login): Promise<string> {
  const { engines } = await context.host.facts();
  for (const [at, kind] of engines.entries()) {
    const asked = await attempt(async () => (await context.host.engine(kind)).login(registry, login));
    if (asked.ok) return asked.value;
    const isLast = at === engines.length - 1;
    if (isLast || asked.failures.some(({ code }) => code !== 'ENGINE_DOWN'))
      throw new FailureError(...asked.failures);
  }
  throw new FailureError({
    code: 'ENGINE_ABSENT',
    message: 'this host has neither Docker nor Podman',
    next: 'install one of them',
  });
}

async function change(
  context: FlowContext,
  work: (logins: Map<string, StoredLogin>) => unknown,
): Promise<void> {
  await locked(context, async ({ host: { files } }) => {
    const logins = new Map(await storedLogins(files));
    work(logins);
    const text = writeLogins(logins);
    if (text === null) await files.remove(paths.registries);
    else await files.write(paths.registries, text, storeMode);
    context.onEffect?.();
  });
}
