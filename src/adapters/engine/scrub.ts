const shortest = 4;

/**
 * An engine's own words without secrets: the given values (also as Go quotes them, and their lines) and the user
 * information in URLs become ***. Values of up to three characters only go where they stand alone, since a message
 * without its digits helps nobody.
 */
export function scrub(text: string, secrets: readonly string[]): string {
  const parts = secrets.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    ...value.split(/\r?\n/),
  ]);
  const unique = [...new Set(parts)].filter((part) => part !== '').sort((a, b) => b.length - a.length);
  const withoutValues = unique.reduce((result, part) => {
    if (part.length >= shortest) return result.replaceAll(part, '***');
    return result.replace(new RegExp(`(?<![\\w.])${escapeRegExp(part)}(?![\\w.])`, 'g'), () => '***');
  }, text);
  return withoutValues.replace(/(\/\/)[^\s/@"']+@/g, '$1***@');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
