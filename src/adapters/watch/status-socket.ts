import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { errnoOf, refusal } from '../files/refusal.ts';

/** What the socket of a watch tells; nothing can be changed through it. */
export interface StatusSource {
  /** JSON. */
  readonly state: () => string;
  /** In the text format of Prometheus. */
  readonly metrics: () => string;
  /** Calls back with each event as a line of JSON, until the returned function is called. */
  readonly subscribe: (onLine: (line: string) => void) => () => void;
}

/**
 * Serves GET /state, /events (lines, the state first) and /metrics over HTTP on a unix socket, for root alone: failures
 * hold the last lines of containers. The caller has made sure that nobody else serves there.
 */
export async function serveStatus(file: string, source: StatusSource): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, source);
  });
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o755 });
    await rm(file, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(file, resolve);
    });
    await chmod(file, 0o600);
  } catch (error) {
    throw refusal(error, 'serve on', file);
  }
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, source: StatusSource): void {
  if (request.method !== 'GET') {
    response.writeHead(405, { Allow: 'GET' }).end();
    return;
  }
  switch (request.url ?? '') {
    case '/state':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`${source.state()}\n`);
      return;
    case '/metrics':
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(source.metrics());
      return;
    case '/events': {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.write(`${source.state()}\n`);
      const end = source.subscribe((line) => {
        // Who does not read is let go rather than remembered for.
        if (response.writableLength > mostUnreadBytes) response.destroy();
        else response.write(`${line}\n`);
      });
      response.on('close', end);
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

const mostUnreadBytes = 1_048_576;

/** The lines that the socket answers with; null when nobody serves there. FailureError NOT_ROOT where it may not be asked. */
export async function readStatus(
  file: string,
  what: '/state' | '/events' | '/metrics',
  signal?: AbortSignal,
): Promise<AsyncIterable<string> | null> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ socketPath: file, path: what, ...(signal === undefined ? {} : { signal }) }, resolve).once(
        'error',
        reject,
      );
    });
    return lines(response);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ECONNREFUSED') return null;
    throw refusal(error, 'ask', file);
  }
}

/** Ends with the other side, however that ends. */
async function* lines(response: IncomingMessage): AsyncGenerator<string, void, undefined> {
  try {
    yield* createInterface({ input: response });
  } catch (error) {
    // What is cut off, by Ctrl-C here or by the watch's end there.
    if (!isCutOff(error)) throw error;
  }
}

function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ECONNRESET', 'ABORT_ERR'].includes(String(error.code))
  );
}
