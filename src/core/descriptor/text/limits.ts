/** What one file of a descriptor may hold; more is an accident or an attack, and is refused before it costs anything. */
export const limits = {
  /** Bytes of a file: the 1 000 containers of a large installation take a quarter of it. */
  bytes: 1_048_576,
  /** Maps and lists within each other. */
  depth: 64,
  /** Documents of one file. */
  documents: 1000,
  /** Values after all aliases are written out, so that nested aliases cannot grow without end. */
  values: 200_000,
  /** Characters of text after variables are filled in. */
  expanded: 8_388_608,
  /** Failures that are told of a file; a large file could be made of nothing else. */
  failures: 1000,
} as const;
