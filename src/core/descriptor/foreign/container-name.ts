/** The name of something of another format as that of a container or app: lower case, "-" for what names cannot hold. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replace(/^[_-]+/, '');
}
