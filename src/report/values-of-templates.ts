/** A template of `gear template ls`. */
export interface TemplateRow {
  readonly name: string;
  /** The host's own file; null: the shipped one. */
  readonly source: string | null;
  /** Units still read as before: the next change of the host renders them anew. */
  readonly waits: boolean;
}

/** `gear template show`. */
export interface TemplateText {
  readonly name: string;
  readonly source: string | null;
  readonly text: string;
}

/** `gear template check`. */
export interface TemplateCheck {
  readonly templates: readonly string[];
  /** Units that were rendered from them. */
  readonly units: number;
  /** Whether systemd has read these. */
  readonly verified: boolean;
}
