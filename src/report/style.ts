import { styleText } from 'node:util';

type Paint = (text: string) => string;

/** Colours where they are wanted, plain text elsewhere. */
export interface Style {
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Colours only on a terminal; NO_COLOR (no-color.org) forbids them, FORCE_COLOR wants them anywhere. */
export function createStyle(stream: Stream, environment: NodeJS.ProcessEnv = process.env): Style {
  const isTerminal = stream.isTTY === true;
  const forbidden = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const colours = !forbidden && (isTerminal || (environment['FORCE_COLOR'] ?? '') !== '');
  const paint =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      colours ? styleText(format, text, { validateStream: false }) : text;
  return {
    isTerminal,
    columns: widthOf(stream),
    good: paint('green'),
    bad: paint('red'),
    warn: paint('yellow'),
    dim: paint('dim'),
    bold: paint('bold'),
  };
}

/** A terminal whose size nobody has set, such as a serial console, says 0. */
function widthOf({ columns = 0 }: Stream): number {
  return columns > 0 ? columns : 80;
}
