import { marshallMessage, messageToJsFmt } from 'dbus-next/lib/marshall-compat.js';
import { unmarshalMessages } from 'dbus-next/lib/message.js';
import { Message } from 'dbus-next/lib/message-type.js';
import { isMemberNameValid, isObjectPathValid } from 'dbus-next/lib/validators.js';
import { Variant } from 'dbus-next/lib/variant.js';

/** A method call, in plain JavaScript values that fit the signature; 64-bit numbers may be BigInt. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Message types of the D-Bus specification, "Message Format". */
export const MESSAGE_TYPE = { methodReturn: 2, error: 3, signal: 4 } as const;

/** A message from the bus. Variants arrive as dbus-next's Variant, 64-bit numbers as BigInt. */
export interface IncomingMessage {
  readonly type: number;
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly errorName: string;
  readonly replySerial: number;
  readonly body: readonly unknown[];
}

/** The value inside a variant, or undefined when it is none. */
export function variantValue(variant: unknown): unknown {
  return variant instanceof Variant ? variant.value : undefined;
}

/**
 * The bytes of a method call. Throws when the values do not fit the signature, and for what the library
 * lets through but a message bus answers by dropping the whole connection.
 */
export function encodeCall(serial: number, call: MethodCall): Buffer {
  const { destination, path, interface: iface, member, signature = '', body = [] } = call;
  if (!isMemberNameValid(member)) throw new Error('invalid member name');
  if (!UNIQUE_OR_WELL_KNOWN.test(destination)) throw new Error('invalid bus name');
  if (signature.includes('h')) throw new Error('file descriptors cannot be passed');
  assertObjectPaths(signature, body);
  const message = new Message({ serial, destination, path, interface: iface, member, signature, body });
  const [bytes] = marshallMessage(message);
  if (bytes.length > BUS_LIMIT_BYTES) throw new Error('larger than a message bus accepts');
  return bytes;
}

/** The message in a complete frame. Throws when the frame is not a valid message. */
export function decodeMessage(frame: Buffer): IncomingMessage {
  // The library parses from a stream only. Reading from memory keeps a malformed message from throwing
  // inside a stream's event, where nobody could catch it.
  let offset = 0;
  let parse = (): void => undefined;
  const decoded: IncomingMessage[] = [];
  const source = {
    on: (_event: 'readable', listener: () => void) => {
      parse = listener;
    },
    read: (length: number) => {
      if (offset + length > frame.length) return null;
      offset += length;
      return frame.subarray(offset - length, offset);
    },
  };
  unmarshalMessages(
    source,
    (raw) => {
      const { body } = messageToJsFmt(raw);
      const { type, sender = '', path = '', interface: iface = '', member = '', errorName = '' } = raw;
      decoded.push({
        type,
        sender,
        path,
        interface: iface,
        member,
        errorName,
        replySerial: raw.replySerial ?? 0,
        body,
      });
    },
    {},
  );
  parse();
  const [message] = decoded;
  if (message === undefined) throw new Error('the message is shorter than its header says');
  return message;
}

/** dbus-daemon's max_message_size on the system bus; it drops the connection above that. */
const BUS_LIMIT_BYTES = 32 * 1024 * 1024;

const UNIQUE_OR_WELL_KNOWN = /^(?::[0-9A-Za-z_.-]+|[A-Za-z_-][\w-]*(?:\.[A-Za-z_-][\w-]*)+)$/;

/** The library sends any string as an object path. Only arguments of basic types are looked at. */
function assertObjectPaths(signature: string, body: readonly unknown[]): void {
  if (!/^[b-z]*$/.test(signature)) return;
  for (const [index, value] of body.entries()) {
    if (signature[index] === 'o' && !isObjectPathValid(value)) throw new Error('invalid object path');
  }
}
