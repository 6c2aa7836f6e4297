import dbus from 'dbus-next';

/** What a method gives back: a reply, an error reply, or nothing when the test answers by itself. */
export type Answer = { signature: string; body: unknown[] } | { error: string; text: string } | 'none';
export type Method = (body: unknown[], message: dbus.Message) => Answer;

/** A service on a test's bus, written with dbus-next so that gear's own transport is not tested against itself. */
export class Peer {
  readonly bus: dbus.MessageBus;
  /** By 'interface.member'. */
  readonly methods = new Map<string, Method>();

  constructor(address: string) {
    this.bus = dbus.sessionBus({ busAddress: address });
    // The tests end the bus under it.
    this.bus.on('error', () => undefined);
    this.bus.addMethodHandler((message: dbus.Message) => this.#handle(message));
  }

  async own(name: string): Promise<void> {
    await this.bus.requestName(name, 0);
  }

  reply(message: dbus.Message, signature = '', body: unknown[] = []): void {
    this.bus.send(dbus.Message.newMethodReturn(message, signature, body));
  }

  signal(
    path: string,
    iface: string,
    member: string,
    signature: string,
    body: unknown[],
    destination?: string,
  ): void {
    const message = dbus.Message.newSignal(path, iface, member, signature, body);
    if (destination !== undefined) message.destination = destination;
    this.bus.send(message);
  }

  close(): void {
    this.bus.disconnect();
  }

  #handle(message: dbus.Message): boolean {
    const method = this.methods.get(`${message.interface}.${message.member}`);
    if (method === undefined) return false;
    const answer = method(message.body, message);
    if (answer === 'none') return true;
    if ('error' in answer) {
      // The library's types want a string where it takes the message.
      const error = dbus.Message.newError(message as unknown as string, answer.error, answer.text);
      this.bus.send(error);
    } else {
      this.reply(message, answer.signature, answer.body);
    }
    return true;
  }
}
