import type { IncomingMessage } from './marshaller.ts';

/** Which signals are wanted ("Match Rules" of the D-Bus specification); what is left out matches anything. */
export interface MatchRule {
  readonly sender: string;
  readonly interface: string;
  readonly member: string;
  readonly path?: string;
  readonly arg0?: string;
}

export type SignalHandler = (signal: IncomingMessage) => void;
export type Unsubscribe = () => void;

interface Entry {
  readonly rule: MatchRule;
  readonly handlers: Set<SignalHandler>;
  readonly added: Promise<void>;
}

/**
 * The signals that this connection asked the bus for. Equal rules share one rule on the bus, which goes with
 * the last handler: a bus allows 512 per connection.
 */
export class MatchRules {
  readonly #register: (method: 'AddMatch' | 'RemoveMatch', rule: string) => Promise<void>;
  readonly #entries = new Map<string, Entry>();

  constructor(register: (method: 'AddMatch' | 'RemoveMatch', rule: string) => Promise<void>) {
    this.#register = register;
  }

  /** Resolves when the bus has the rule: no signal after that is missed. */
  async subscribe(rule: MatchRule, handler: SignalHandler): Promise<Unsubscribe> {
    const text = ruleText(rule);
    let entry = this.#entries.get(text);
    if (entry === undefined) {
      entry = { rule, handlers: new Set(), added: this.#register('AddMatch', text) };
      this.#entries.set(text, entry);
    }
    // Its own function, so that one handler can be subscribed twice and taken away once.
    const own: SignalHandler = (signal) => {
      handler(signal);
    };
    entry.handlers.add(own);
    try {
      await entry.added;
    } catch (error) {
      if (this.#entries.get(text) === entry) this.#entries.delete(text);
      throw error;
    }
    return () => {
      if (!entry.handlers.delete(own) || entry.handlers.size > 0) return;
      this.#entries.delete(text);
      // Sent before whatever is asked next. It fails only with the connection, which takes all rules along.
      this.#register('RemoveMatch', text).catch(() => undefined);
    };
  }

  /**
   * Calls the handlers of a signal, each from the microtask queue: an exception in one of them surfaces as
   * uncaught, as it would anywhere else, and neither stops the others nor is taken for a broken connection.
   */
  dispatch(signal: IncomingMessage): void {
    for (const { rule, handlers } of this.#entries.values()) {
      if (!matches(rule, signal)) continue;
      for (const handler of handlers) {
        queueMicrotask(() => {
          if (handlers.has(handler)) handler(signal);
        });
      }
    }
  }
}

function ruleText({ sender, interface: iface, member, path, arg0 }: MatchRule): string {
  const keys = { type: 'signal', sender, interface: iface, member, path, arg0 };
  return Object.entries(keys)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${quoted(value)}`]))
    .join(',');
}

/** Inside the quotes of a match rule nothing is escaped; an apostrophe stands outside of them as `\'`. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** The sender is left to the bus and to whoever knows its unique name: signals carry no well-known names. */
function matches(rule: MatchRule, signal: IncomingMessage): boolean {
  return (
    rule.interface === signal.interface &&
    rule.member === signal.member &&
    (rule.path === undefined || rule.path === signal.path) &&
    (rule.arg0 === undefined || rule.arg0 === signal.body[0])
  );
}
