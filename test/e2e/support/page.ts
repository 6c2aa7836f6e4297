import { readFile } from 'node:fs/promises';

/** A line that a page has somebody type, and what the page shows under it. */
export interface PageLine {
  readonly command: string;
  readonly shown: string;
}

/** The code blocks of a page of docs/topics in one language. */
export async function fenced(page: string, language: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../../docs/topics/${page}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, found, block = '']) =>
    found === language ? [block] : [],
  );
}

/** All lines that a page has somebody type at a console, in its order, without their comments. */
export async function consoleLines(page: string): Promise<readonly PageLine[]> {
  const blocks = await fenced(page, 'console');
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [line = '', ...shown] = part.trimEnd().split('\n');
        return { command: line.replace(/\s+#.*$/, ''), shown: shown.join('\n') };
      }),
  );
}

/**
 * The form of what a page shows: its lines in their order, with whatever else was said between them. Numbers with their
 * units, and keys, are those of the day.
 */
export function formOf(shown: string): RegExp {
  const lines = shown.split('\n').map((line) => {
    const form = line
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/SHA256:\S+/g, 'SHA256:\\S+')
      .replaceAll(/(?<= )\d[^\s,]*(?: [kMG]?B)?/g, '\\d[^\\s,]*(?: [kMG]?B)?');
    return `^${form}$`;
  });
  return shown === '' ? /^/ : new RegExp(lines.join('\\n(?:.*\\n)*?'), 'm');
}
