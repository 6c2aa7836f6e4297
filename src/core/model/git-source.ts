import { err, ok, type Result } from '../../errors/failure.ts';

/** A folder of a commit of a repository: `URL#REF:FOLDER`, as `docker build` writes it. */
export interface GitSource {
  readonly url: string;
  /** A branch, tag or commit; `HEAD`: what the repository itself names. */
  readonly ref: string;
  /** Below the root of the repository; '' is the root. */
  readonly folder: string;
}

/**
 * Reads `URL[#[REF][:FOLDER]]`. VALUE_INVALID for what git would take as an option, for what leaves the repository, and
 * for a login, which the process list and the unit would show: of HTTP a user alone can be a token, and nobody can tell.
 */
export function parseGitSource(text: string): Result<GitSource> {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  const [ref = '', ...rest] = hash < 0 ? [] : text.slice(hash + 1).split(':');
  const folder = rest.join(':').replace(/^\/+|\/+$/g, '');
  if (/^([a-z+]+:\/\/[^/@]*:|https?:\/\/)[^/@]*@/i.test(url))
    return refuse(
      'the URL of --git holds a login',
      "leave out what stands before @: a user name or a token belongs into git's credential helper, or use an ssh key",
    );
  if (url === '' || url.startsWith('-') || url.includes('::'))
    return refuse(
      '--git takes the URL of a repository',
      'gear watch --git https://example.com/apps.git#main',
    );
  if (ref.startsWith('-') || !/^[\w./@^~-]*$/.test(ref) || ref.includes('..'))
    return refuse(`--git: "${ref}" is no branch, tag or commit`, 'gear watch --git URL#main');
  if (folder.split('/').includes('..'))
    return refuse('the folder of --git leaves the repository', 'gear watch --git URL#main:apps');
  return ok({ url, ref: ref === '' ? 'HEAD' : ref, folder });
}

function refuse(message: string, next: string): Result<never> {
  return err({ code: 'VALUE_INVALID', message, next });
}
