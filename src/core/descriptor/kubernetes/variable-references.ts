/**
 * Fills `$(NAME)` of variables that are known, as Kubernetes does in env, command and args; what is not known stays, and
 * `$$(NAME)` is `$(NAME)`.
 */
export function fillReferences(text: string, variables: Readonly<Record<string, unknown>>): string {
  return text.replaceAll(/\$(\$)?\(([^)]*)\)/g, (written, escaped: string | undefined, name: string) => {
    if (escaped !== undefined) return written.slice(1);
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return typeof value === 'string' ? value : written;
  });
}
