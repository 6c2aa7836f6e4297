import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

/** What a container's own namespaces have, the only ones that an engine sets: namespaces(7). */
const ownParameters =
  /^(net\..+|fs\.mqueue\..+|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))$/;

/** Reads KEY=VALUE of sysctl(8), for what is the container's own. VALUE_INVALID otherwise. */
export function parseSysctl(text: string): Result<string> {
  const [, key = '', value = ''] = /^([a-zA-Z0-9_.-]+)=([^\p{Cc}]+)$/u.exec(text) ?? [];
  if (key === '')
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is not a kernel parameter`,
      'write it as net.core.somaxconn=1024',
    );
  if (!ownParameters.test(key))
    return refuse(
      'VALUE_INVALID',
      `${quote(key)} is the whole host's, and no container has its own`,
      `set it on the host: sysctl -w ${key}=…`,
    );
  return ok(`${key}=${value.trim()}`);
}
