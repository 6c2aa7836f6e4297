import { aborted, BusError } from './bus-error.ts';
import { encodeCall, MESSAGE_TYPE, type IncomingMessage, type MethodCall } from './marshaller.ts';

export interface CallOptions {
  /** Time for the reply, counted from when the call is sent; 0 for no limit. Default 25 s, as libdbus has it. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface OpenCall {
  readonly serial: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly timeoutMs: number;
  readonly settle: (outcome: readonly unknown[] | BusError) => void;
  timer?: NodeJS.Timeout;
}

/**
 * The calls of one connection that wait for a reply. At most `maxInFlight` are with the bus at a time, the
 * others queue in order: a system bus answers more than 128 with LimitsExceeded.
 */
export class Calls {
  readonly #write: (bytes: Buffer) => void;
  readonly #maxInFlight: number;
  readonly #inFlight = new Map<number, OpenCall>();
  #queue: OpenCall[] = [];
  #serial = 0;
  #failure: BusError | undefined;

  constructor(write: (bytes: Buffer) => void, maxInFlight: number) {
    this.#write = write;
    this.#maxInFlight = maxInFlight;
  }

  /** Resolves with the reply's body; rejects with a BusError. Arguments that do not fit are never sent. */
  call(call: MethodCall, { timeoutMs = 25_000, signal }: CallOptions = {}): Promise<readonly unknown[]> {
    const name = `${call.interface}.${call.member}`;
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      if (signal?.aborted) {
        reject(aborted(name, signal));
        return;
      }
      const serial = this.#nextSerial();
      let bytes: Buffer;
      try {
        bytes = encodeCall(serial, call);
      } catch (cause) {
        const why = `${name}: the arguments do not fit the signature '${call.signature ?? ''}'`;
        reject(new BusError('gear.BadArguments', why, { cause }));
        return;
      }
      const onAbort = (): void => {
        if (signal) this.#finish(open, aborted(name, signal));
      };
      const settle: OpenCall['settle'] = (outcome) => {
        signal?.removeEventListener('abort', onAbort);
        if (outcome instanceof BusError) reject(outcome);
        else resolve(outcome);
      };
      const open: OpenCall = { serial, name, bytes, timeoutMs, settle };
      signal?.addEventListener('abort', onAbort);
      this.#queue.push(open);
      this.#sendQueued();
    });
  }

  /** Settles the call that a reply answers. A reply to a call nobody waits for any more is dropped. */
  answer(message: IncomingMessage): void {
    const open = this.#inFlight.get(message.replySerial);
    if (open === undefined) return;
    if (message.type !== MESSAGE_TYPE.error) {
      this.#finish(open, message.body);
      return;
    }
    const [text] = message.body;
    this.#finish(open, new BusError(message.errorName, typeof text === 'string' ? text : ''));
  }

  /** Rejects every open call, and every later one, with the error. */
  failAll(error: BusError): void {
    this.#failure ??= error;
    const open = [...this.#inFlight.values(), ...this.#queue];
    this.#inFlight.clear();
    this.#queue = [];
    for (const call of open) {
      clearTimeout(call.timer);
      call.settle(error);
    }
  }

  #finish(open: OpenCall, outcome: readonly unknown[] | BusError): void {
    clearTimeout(open.timer);
    if (!this.#inFlight.delete(open.serial)) this.#queue = this.#queue.filter((other) => other !== open);
    open.settle(outcome);
    this.#sendQueued();
  }

  #sendQueued(): void {
    while (this.#inFlight.size < this.#maxInFlight) {
      const open = this.#queue.shift();
      if (open === undefined) return;
      this.#inFlight.set(open.serial, open);
      if (open.timeoutMs > 0) open.timer = setTimeout(() => this.#expire(open), open.timeoutMs);
      this.#write(open.bytes);
    }
  }

  #expire(open: OpenCall): void {
    const why = `${open.name} was not answered within ${String(open.timeoutMs)} ms`;
    this.#finish(open, new BusError('gear.Timeout', why));
  }

  /** Serials are unsigned 32-bit and never 0 ("Message Format"). */
  #nextSerial(): number {
    this.#serial = this.#serial === 0xffff_ffff ? 1 : this.#serial + 1;
    return this.#serial;
  }
}
