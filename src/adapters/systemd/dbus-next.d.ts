// The parts of dbus-next 0.10.2 that gear uses. Its own types cover the index only, which loads an XML
// parser and a connection that gear replaces.

declare module 'dbus-next/lib/message.js' {
  import type { RawMessage } from 'dbus-next/lib/marshall-compat.js';
  interface ByteSource {
    on(event: 'readable', parse: () => void): void;
    read(length: number): Buffer | null;
  }
  export function unmarshalMessages(
    source: ByteSource,
    onMessage: (message: RawMessage) => void,
    options: object,
  ): void;
}

declare module 'dbus-next/lib/marshall-compat.js' {
  import type { Message } from 'dbus-next/lib/message-type.js';
  export interface RawMessage {
    type: number;
    serial: number;
    flags: number;
    sender?: string;
    path?: string;
    interface?: string;
    member?: string;
    errorName?: string;
    replySerial?: number;
    signature?: string;
    body?: unknown[];
  }
  export function messageToJsFmt(message: RawMessage): { body: unknown[] };
  export function marshallMessage(message: Message): [bytes: Buffer, fds: unknown[]];
}

declare module 'dbus-next/lib/message-type.js' {
  export class Message {
    readonly serial: number;
    constructor(fields: {
      readonly serial: number;
      readonly destination: string;
      readonly path: string;
      readonly interface: string;
      readonly member: string;
      readonly signature: string;
      readonly body: readonly unknown[];
    });
  }
}

declare module 'dbus-next/lib/variant.js' {
  export class Variant {
    readonly signature: string;
    readonly value: unknown;
    constructor(signature: string, value: unknown);
  }
}

declare module 'dbus-next/lib/validators.js' {
  export function isMemberNameValid(name: string): boolean;
  export function isObjectPathValid(path: unknown): boolean;
}
