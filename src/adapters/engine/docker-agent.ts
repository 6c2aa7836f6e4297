import { Agent } from 'node:http';
import { inspect } from 'node:util';

/**
 * The agent of requests to a unix socket. Given no server name, node's own works one out for TLS that is not spoken
 * here, by an expression whose compilation takes longer than a request. docker-modem inspects its options each time,
 * to the last hidden property, even when nobody debugs it.
 */
export function socketAgent(): Agent {
  const options = { keepAlive: true, servername: '' };
  return Object.assign(new Agent(options), { [inspect.custom]: () => 'the agent of a socket' });
}
