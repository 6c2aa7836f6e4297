import type { Duplex } from 'node:stream';
import { authenticate } from './authenticate.ts';
import { BusError, connectionLost } from './bus-error.ts';
import { Calls, type CallOptions } from './calls.ts';
import { readFrames } from './frames.ts';
import { decodeMessage, MESSAGE_TYPE, type MethodCall } from './marshaller.ts';
import { MatchRules, type MatchRule, type SignalHandler, type Unsubscribe } from './match-rules.ts';

export interface BusOptions {
  /** Calls with the bus at a time; the rest queue. */
  readonly maxInFlight?: number;
  /** Time for the login and for Hello, each. */
  readonly connectTimeoutMs?: number;
  /** Its calls leave with the login, for a host that may be far away. */
  readonly first?: (bus: Bus) => void;
}

/**
 * A connection to a message bus over any duplex stream. dbus-next turns messages into bytes and back; its
 * own connection is not used, because calls hang for ever there once the bus is gone.
 *
 * When the connection is lost, every open and every later call rejects at once, and `lost` aborts with the
 * BusError as its reason.
 */
export class Bus {
  readonly #stream: Duplex;
  readonly #calls: Calls;
  readonly #rules: MatchRules;
  readonly #lost = new AbortController();

  private constructor(stream: Duplex, maxInFlight: number) {
    this.#stream = stream;
    this.#calls = new Calls((bytes) => {
      this.#write(bytes);
    }, maxInFlight);
    this.#rules = new MatchRules(async (method, rule) => {
      await this.call({ ...DAEMON, member: method, signature: 's', body: [rule] });
    });
  }

  /** Logs in and says Hello; the stream belongs to the bus from now on and is destroyed if that fails. */
  static async over(stream: Duplex, options: BusOptions = {}): Promise<Bus> {
    const { maxInFlight = 100, connectTimeoutMs = 10_000, first } = options;
    const bus = new Bus(stream, maxInFlight);
    const lost = (cause?: unknown): void => {
      bus.#lose(connectionLost(cause));
    };
    stream.on('error', lost);
    try {
      const login = authenticate(stream, connectTimeoutMs);
      // Sent with the login: a host may be far away.
      const hello = bus.call({ ...DAEMON, member: 'Hello' }, { timeoutMs: connectTimeoutMs });
      hello.catch(() => undefined);
      first?.(bus);
      await login;
      stream.on('end', lost).on('close', lost);
      readFrames(stream, (frame) => bus.#receive(frame), lost);
      await hello;
      return bus;
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  /** Aborted, with a BusError as reason, when the connection has ended. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Resolves with the reply's body. Rejects with a BusError: an error reply has the peer's error name. */
  call(call: MethodCall, options?: CallOptions): Promise<readonly unknown[]> {
    return this.#calls.call(call, options);
  }

  /** Calls the handler for each matching signal from when this resolves until the returned function is called. */
  subscribe(rule: MatchRule, handler: SignalHandler): Promise<Unsubscribe> {
    return this.#rules.subscribe(rule, handler);
  }

  /** Ends the connection; open calls reject with `gear.Closed`. */
  close(): void {
    this.#lose(new BusError('gear.Closed', 'the D-Bus connection was closed'));
  }

  #receive(frame: Buffer): void {
    let message;
    try {
      message = decodeMessage(frame);
    } catch (cause) {
      this.#lose(new BusError('gear.Closed', 'the bus sent a message that cannot be read', { cause }));
      return;
    }
    if (message.type === MESSAGE_TYPE.signal) this.#rules.dispatch(message);
    else if (message.type === MESSAGE_TYPE.methodReturn || message.type === MESSAGE_TYPE.error) {
      this.#calls.answer(message);
    }
  }

  /** Calls made in one turn of the event loop leave in one write. */
  #write(bytes: Buffer): void {
    if (this.#stream.writableCorked === 0) {
      this.#stream.cork();
      process.nextTick(() => {
        this.#stream.uncork();
      });
    }
    this.#stream.write(bytes);
  }

  #lose(error: BusError): void {
    if (this.lost.aborted) return;
    this.#stream.destroy();
    this.#lost.abort(error);
    this.#calls.failAll(error);
  }
}

/** The bus itself, as the specification's "Message Bus Messages" has it. */
const DAEMON = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;
