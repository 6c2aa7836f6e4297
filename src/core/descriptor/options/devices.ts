import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

const rights = ['r', 'w', 'm'];

/**
 * Reads /dev/NAME[:/dev/PATH][:rwm], or a device of the Container Device Interface (VENDOR/CLASS=NAME); what is left
 * out is written, so that equal meaning is equal text. VALUE_INVALID otherwise.
 */
export function parseDevice(text: string): Result<string> {
  if (/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w-]*=[\w.:-]+$/.test(text)) return ok(text);
  const [source = '', ...rest] = text.split(':');
  const target = rest[0]?.startsWith('/') === true ? rest.shift() : source;
  const [access = 'rwm', ...more] = rest;
  const paths = [source, target ?? ''].every(
    (path) => /^\/dev\/[^\p{Cc}\s,:]+$/u.test(path) && !path.includes('..'),
  );
  if (!paths || more.length > 0 || !/^[rwm]{1,3}$/.test(access))
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is not a device`,
      'write it as /dev/fuse or /dev/sda:/dev/xvda:rw',
    );
  return ok([source, target, rights.filter((each) => access.includes(each)).join('')].join(':'));
}

/** Reads TYPE MAJOR:MINOR RIGHTS of the kernel's device rules. VALUE_INVALID otherwise. */
export function parseDeviceRule(text: string): Result<string> {
  const [, type = '', numbers = '', access = ''] =
    /^([abc])\s+((?:\d+|\*):(?:\d+|\*))\s+([rwm]{1,3})$/.exec(text.trim()) ?? [];
  if (type === '')
    return refuse('VALUE_INVALID', `${quote(text)} is not a rule for devices`, "write it as 'c 189:* rmw'");
  return ok(`${type} ${numbers} ${rights.filter((each) => access.includes(each)).join('')}`);
}

/** Reads what Docker takes for --gpus: all, a number, or its list of settings. VALUE_INVALID otherwise. */
export function parseGpus(text: string): Result<string> {
  if (/^(all|[1-9]\d{0,2}|"?[a-z]+=[\w.,:=-]+"?(,[a-z]+=[\w.:-]+)*)$/.test(text)) return ok(text);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} does not say which GPUs`,
    'write all, a number, or device=0',
  );
}
