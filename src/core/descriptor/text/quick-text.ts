/**
 * Where js-yaml means something else than `yaml`, or takes what YAML 1.2 or a descriptor does not have. Each may decline
 * a text that both would read alike, which then only takes longer; test/property/agreement.property.test.ts shows that
 * none is missing.
 */
const unsure: readonly RegExp[] = [
  // Tabs, what is a line break to some, characters by eight digits.
  /[\t\r\u0085\u2028\u2029\uFEFF]|\\U/,
  // Anchors (so that nothing is written out), tags, explicit keys.
  /(?:^|[:,[{?-]) *[&!?]/m,
  // Several documents, directives.
  /^(?:---|\.\.\.| *%)/m,
  // Merges.
  /<<\s*[:,}\]]/,
  // Keys that are nothing, or no text. `}:` is common only as the end of a variable.
  /[{,[]\s*:|\]\s*:|[{,]\s*\[|~\s*[:,}]/,
  /\}(?<!\$\{[^{}\s]{0,200}\})\s*:/,
  // Comments without a space before them, and between the items of brackets. Of a line only its first "#" is tried: a
  // line of them alone would take their square.
  /[,{[:"'\]}]#|^[^#\n]*#.*\n\s*[,:\]}]/m,
  // Items of a list that are empty, or begin on the next line.
  /(?:^| )- *(?:#.*)?$/m,
  // Text blocks whose indentation is given, or not clear.
  /[|>][-+]?(?:[0-9]| *\n *\n)/,
  // Escaped line breaks before an empty line.
  /\\\n *\n/,
];

/** Whether js-yaml, where it takes the text, certainly means by it what `yaml` does. */
export function isQuickText(text: string): boolean {
  return !text.endsWith(' ') && !unsure.some((pattern) => pattern.test(text));
}
