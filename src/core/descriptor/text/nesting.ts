/** Deeper than limits.depth by far, and not so deep that a parser that recurses runs out of stack. */
const hopelessDepth = 500;

/** What the lexer of `yaml` puts before a scalar, whose text may hold brackets, and marks otherwise; none is of the text. */
const scalarMark = '\u001f';
const marks = new Set([scalarMark, '\u0002', '\u0018']);

/** Follows the lexemes of a text, to tell early that brackets, or dashes on one line, nest too deep to parse on. */
export class Nesting {
  /** Where the last lexeme begins. */
  offset = 0;
  #next = 0;
  #brackets = 0;
  #indicators = 0;
  #isScalar = false;

  isHopeless(lexeme: string): boolean {
    if (marks.has(lexeme)) {
      this.#isScalar = lexeme === scalarMark;
      return false;
    }
    this.offset = this.#next;
    this.#next += lexeme.length;
    this.#count(this.#isScalar ? '' : lexeme);
    this.#isScalar = false;
    return this.#brackets > hopelessDepth || this.#indicators > hopelessDepth;
  }

  #count(lexeme: string): void {
    if (lexeme === '[' || lexeme === '{') this.#brackets += 1;
    else if (lexeme === ']' || lexeme === '}') this.#brackets = Math.max(0, this.#brackets - 1);
    if (/^[-?:]$/.test(lexeme)) this.#indicators += 1;
    else if (!/^[ \t]+$/.test(lexeme)) this.#indicators = 0;
  }
}
