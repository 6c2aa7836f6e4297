import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { quoteCommand } from './quote.ts';
import { firstRequests, type ShellFunction, shellPrelude } from './shell-script.ts';

/** What a request came to. `complaint` is what it wrote to stderr. */
export interface Answer {
  readonly data: Buffer;
  readonly status: number;
  readonly complaint: string;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const reads: ReadonlySet<ShellFunction> = new Set([
  'facts',
  'read_file',
  'read_link',
  'list',
  'look',
  'free_blocks',
]);

/** Ends every line of base64: a here-document is read in lines, and some shells limit those. */
const lineCharacters = 1024;

/**
 * A shell on a host that stays open: a request takes one round trip and no new process of ssh, and many of them travel
 * together. They are worked off in order. When the shell ends, every open and every later request rejects.
 */
export class RemoteShell {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #mark: string;
  readonly #pending = new Map<number, Pending>();
  readonly #early = new Map<string, Promise<Answer>>();
  #next = 0;
  #unfinished: string[] = [];
  #ended: Error | null = null;

  constructor(child: ChildProcessWithoutNullStreams, mark: string) {
    this.#child = child;
    this.#mark = mark;
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.#take(text);
    });
    // The end of the process tells more than the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.write(shellPrelude(mark));
  }

  /** Calls a function of the shell, with content as its stdin. Rejects when the connection is lost. */
  request(name: ShellFunction, args: readonly string[], content?: Uint8Array): Promise<Answer> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const words = quoteCommand([name, ...args]);
    const early = this.#early.get(words);
    this.#early.delete(words);
    if (early !== undefined) return early;
    // What was read first is no news once something was changed.
    if (!reads.has(name)) this.forget();
    const id = this.#next++;
    const call = `r ${id} ${words}`;
    this.#child.stdin.write(
      content === undefined ? `${call} </dev/null\n` : `${call} <<'${end}'\n${inBase64(content)}${end}\n`,
    );
    return this.#answerTo(id);
  }

  /**
   * Awaits the answers to the requests that its command line holds already: before any other request. Each is for who asks
   * the same, once.
   */
  expectFirst(): void {
    for (const words of firstRequests) {
      const answer = this.#answerTo(this.#next++);
      answer.catch(() => undefined);
      this.#early.set(quoteCommand(words), answer);
    }
  }

  /** From now on everything is asked anew. */
  forget(): void {
    this.#early.clear();
  }

  #answerTo(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Ends it, with the reason that open requests are told. */
  end(reason: Error): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    this.#child.kill();
  }

  #take(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#answer(`${this.#unfinished.join('')}${line}`);
      this.#unfinished = [];
    }
    if (last !== '') this.#unfinished.push(last);
  }

  #answer(line: string): void {
    // A profile may have written something without a newline before the first answer.
    const at = line.indexOf(`${this.#mark} `);
    if (at < 0) return;
    const [, id, data = '', status = '1', complaint = ''] = line.slice(at).split(' ');
    const pending = this.#pending.get(Number(id));
    if (pending === undefined) return;
    this.#pending.delete(Number(id));
    pending.resolve({
      data: Buffer.from(data, 'base64'),
      status: Number(status),
      complaint: Buffer.from(complaint, 'base64').toString('utf8').trim(),
    });
  }
}

/** No base64 ends a here-document: it has no underscore. */
const end = 'gear_end';

/** Content in lines of base64, the last one ended too. */
export function inBase64(content: Uint8Array): string {
  const text = Buffer.from(content).toString('base64');
  return text.replace(new RegExp(`.{1,${lineCharacters}}`, 'g'), '$&\n');
}
