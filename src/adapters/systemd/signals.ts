import type { Bus } from './bus.ts';
import type { IncomingMessage } from './marshaller.ts';
import type { MatchRule, SignalHandler, Unsubscribe } from './match-rules.ts';
import { BusError } from './bus-error.ts';
import { MANAGER, SYSTEMD } from './names.ts';

/**
 * Signals that come from systemd itself. Any process on the system bus may send a signal that looks the same
 * straight to us, so the sender is compared with the owner of systemd's name.
 */
export class SystemdSignals {
  readonly #bus: Bus;
  readonly #replacedHandlers = new Set<() => void>();
  #ready: Promise<void> | undefined;
  /** The unique name of systemd's connection; '' while it has none. */
  #owner: string | undefined;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** Calls the handler for each matching signal of systemd from when this resolves. */
  async on(rule: Omit<MatchRule, 'sender'>, handler: SignalHandler): Promise<Unsubscribe> {
    await this.#listen();
    return this.#bus.subscribe({ ...rule, sender: SYSTEMD }, (signal) => {
      if (signal.sender === this.#owner) handler(signal);
    });
  }

  /** Calls the handler when another systemd has taken over (daemon-reexec): signals in between are lost. */
  onReplaced(handler: () => void): () => void {
    this.#replacedHandlers.add(handler);
    return () => this.#replacedHandlers.delete(handler);
  }

  #listen(): Promise<void> {
    this.#ready ??= this.#followOwner().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #followOwner(): Promise<void> {
    const rule = { sender: DAEMON, interface: DAEMON, member: 'NameOwnerChanged', arg0: SYSTEMD };
    const unsubscribe = await this.#bus.subscribe(rule, (signal) => {
      if (signal.sender !== DAEMON) return;
      this.#ownerChanged(signal);
    });
    try {
      const [[owner]] = await Promise.all([
        this.#bus.call({ ...GET_OWNER, signature: 's', body: [SYSTEMD] }),
        // Without a subscriber systemd sends no signals (org.freedesktop.systemd1(5), Subscribe).
        this.#bus.call({ ...MANAGER, member: 'Subscribe' }),
      ]);
      // A change seen meanwhile is at least as new as this answer.
      this.#owner ??= String(owner);
    } catch (error) {
      unsubscribe();
      this.#owner = undefined;
      throw error;
    }
  }

  #ownerChanged(signal: IncomingMessage): void {
    const owner = typeof signal.body[2] === 'string' ? signal.body[2] : '';
    this.#owner = owner;
    if (owner === '') return;
    const resubscribed = this.#bus.call({ ...MANAGER, member: 'Subscribe' });
    resubscribed.catch((error: unknown) => {
      if (!(error instanceof BusError)) throw error;
      // A re-executed systemd remembers its subscribers; where it went before it answered, its successor is asked.
      if (error.dbusName === ALREADY || error.dbusName === GONE || this.#owner !== owner) return;
      // It would tell us nothing: whoever waits for a signal is told so.
      this.#bus.close();
    });
    for (const handler of this.#replacedHandlers) handler();
  }
}

const DAEMON = 'org.freedesktop.DBus';
const ALREADY = 'org.freedesktop.systemd1.AlreadySubscribed';
/** What the bus answers in the place of one that has left it. */
const GONE = 'org.freedesktop.DBus.Error.NoReply';
const GET_OWNER = {
  destination: DAEMON,
  path: '/org/freedesktop/DBus',
  interface: DAEMON,
  member: 'GetNameOwner',
} as const;
