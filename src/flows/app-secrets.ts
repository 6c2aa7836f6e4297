import { FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import type { ContainerRequest, Environment } from '../core/model/container.ts';
import type { InstanceSecret } from '../core/model/instance.ts';
import { nearest } from '../core/model/nearest.ts';
import type { SecretRecord } from '../core/model/secret.ts';
import { readSecretRecord } from '../observe/secrets.ts';
import type { FlowContext } from './context.ts';
import { readSecretValue } from './secret-value.ts';

/** The secrets that a container reads as files, with the hash of each value. FailureError SECRET_UNKNOWN. */
export async function fileSecretsOf(
  context: FlowContext,
  { spec }: Pick<ContainerRequest, 'spec'>,
  subject: string,
): Promise<readonly InstanceSecret[]> {
  return Promise.all(
    (spec.secrets ?? []).map(async (use) => {
      const { hash, encrypted } = await recordOf(context, use.name, subject);
      return { ...use, hash, encrypted };
    }),
  );
}

/** The whole environment of a container, with the values of the secrets that it is to see there. */
export async function environmentWithSecrets(
  context: FlowContext,
  { environment, secretEnvironment = {} }: Pick<ContainerRequest, 'environment' | 'secretEnvironment'>,
  subject: string,
): Promise<Environment> {
  const values = await Promise.all(
    Object.entries(secretEnvironment).map(async ([key, name]) => {
      const record = await recordOf(context, name, subject);
      return [key, await readSecretValue(context, name, record)] as const;
    }),
  );
  return { ...environment, ...Object.fromEntries(values) };
}

async function recordOf(context: FlowContext, name: string, subject: string): Promise<SecretRecord> {
  const { record, names } = await readSecretRecord(context.host.files, name);
  if (record !== null) return record;
  const near = nearest(name, names);
  throw new FailureError({
    code: 'SECRET_UNKNOWN',
    message: `${subject}: this host has no secret ${quote(name)}`,
    next: near === undefined ? `gear secret set ${name} < FILE` : `did you mean ${near}? gear secret ls`,
    subject,
  });
}
