import { err, ok } from '../../errors/failure.ts';
import type { Failure, Result } from '../../errors/failure.ts';

/** An image by name. `short` says that the user named no registry, so docker.io was assumed. */
export interface NamedImage {
  readonly kind: 'name';
  /** The registry: 'docker.io', 'ghcr.io', 'localhost:5000'. */
  readonly domain: string;
  /** The repository: 'library/nginx'. */
  readonly path: string;
  readonly tag: string | null;
  /** 'sha256:…' */
  readonly digest: string | null;
  readonly short: boolean;
}

/** An image by its ID, 'sha256:' and 64 hex digits: only what the host already has. */
export interface IdentifiedImage {
  readonly kind: 'id';
  readonly id: string;
}

export type ImageReference = NamedImage | IdentifiedImage;

const hub = 'docker.io';
const longestName = 255;
const longestShown = 120;

// The grammar of github.com/distribution/reference (reference.go, v0.6): both engines read names by it.
const identifier = /^(?:sha256:)?([0-9a-f]{64})$/;
const domainName = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])$/;
const ipv6 = /^\[[0-9a-fA-F:]+\]$/;
const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagName = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** Reads an image as both engines do: docker.io and library/ and the tag latest where they are left out. IMAGE_REFERENCE. */
export function parseImageReference(text: string): Result<ImageReference> {
  const id = identifier.exec(text)?.[1];
  if (id !== undefined) return ok({ kind: 'id', id: `sha256:${id}` });
  const at = text.indexOf('@');
  const beforeDigest = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? null : text.slice(at + 1);
  // A colon before the last slash belongs to the port of the registry.
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1);
  const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon === -1 ? null : beforeDigest.slice(colon + 1);

  if (name === 'sha256') return err(refusal(text, 7, 'an image ID has 64 hex digits after "sha256:"'));
  const { domain, path, short, pathStart } = splitDomain(name);
  const repository = domain === hub && !path.includes('/') ? `library/${path}` : path;
  const wrong =
    wrongDomain(domain) ??
    wrongPath(path, pathStart) ??
    (domain.length + 1 + repository.length > longestName
      ? { at: 0, why: 'a name with its registry has at most 255 characters' }
      : null) ??
    (tag !== null && !tagName.test(tag) ? { at: colon + 1, why: tagRule(tag) } : null) ??
    (digest !== null && !digestForm.test(digest)
      ? { at: at + 1, why: 'a digest is "sha256:" and 64 lower-case hex digits' }
      : null);
  if (wrong !== null) return err(refusal(text, wrong.at, wrong.why));
  const effectiveTag = tag ?? (digest === null ? 'latest' : null);
  return ok({ kind: 'name', domain, path: repository, tag: effectiveTag, digest, short });
}

/** The full form that leaves nothing to guess: 'docker.io/library/nginx:latest', or 'sha256:…'. Parses to the same. */
export function formatImageReference(image: ImageReference): string {
  if (image.kind === 'id') return image.id;
  const tag = image.tag === null ? '' : `:${image.tag}`;
  const digest = image.digest === null ? '' : `@${image.digest}`;
  return `${image.domain}/${image.path}${tag}${digest}`;
}

function splitDomain(name: string): { domain: string; path: string; short: boolean; pathStart: number } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  // 'team/web' is a path on the hub, 'team.example/web' and 'Team/web' name a registry.
  const isDomain =
    slash !== -1 && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  if (!isDomain) return { domain: hub, path: name, short: true, pathStart: 0 };
  const domain = first === 'index.docker.io' ? hub : first;
  return { domain, path: name.slice(slash + 1), short: false, pathStart: slash + 1 };
}

function wrongDomain(domain: string): Wrong | null {
  const parts = /^(\[.*\]|[^:]*)(?::(.*))?$/s.exec(domain);
  const host = parts?.[1] ?? '';
  const port = parts?.[2];
  if (port !== undefined && !/^[0-9]+$/.test(port))
    return { at: host.length + 1, why: 'the port of a registry is a number' };
  if (ipv6.test(host)) return null;
  let start = 0;
  for (const component of host.split('.')) {
    if (!domainName.test(component)) return { at: start, why: 'the registry is not a host name' };
    start += component.length + 1;
  }
  return null;
}

function wrongPath(path: string, pathStart: number): Wrong | null {
  if (path === '') return { at: pathStart, why: 'the name is empty' };
  let start = pathStart;
  for (const component of path.split('/')) {
    if (!pathComponent.test(component)) return { at: start + offence(component), why: pathRule(component) };
    start += component.length + 1;
  }
  if (identifier.test(path) && !path.includes('/'))
    return { at: pathStart, why: 'a name cannot look like an image ID' };
  return null;
}

interface Wrong {
  readonly at: number;
  readonly why: string;
}

function offence(component: string): number {
  const index = component.search(/[^a-z0-9._-]/);
  return Math.max(index, 0);
}

function pathRule(component: string): string {
  if (component === '') return 'there is an empty part between slashes';
  if (/[A-Z]/.test(component)) return 'a name is in lower case';
  if (/[^a-z0-9._-]/.test(component)) return 'a name has only letters, digits, ".", "_", "-" and "/"';
  return 'each part starts and ends with a letter or digit, with one ".", one or two "_", or "-" between';
}

function tagRule(tag: string): string {
  if (tag === '') return 'the tag after ":" is empty';
  return tag.length > 128
    ? 'a tag has at most 128 characters'
    : 'a tag has only letters, digits, "_", "." and "-"';
}

function refusal(text: string, index: number, why: string): Failure {
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return {
    code: 'IMAGE_REFERENCE',
    message: `${JSON.stringify(shown)} is not an image name: ${why}`,
    next: 'write [registry[:port]/]name[:tag][@sha256:digest], for example nginx:1.27 or ghcr.io/owner/web:3',
    place: { source: 'image', line: 1, column: index + 1, text: shown },
  };
}
