import { expect, test } from 'vitest';
import { connectFailure, isCrowded } from '../../../../src/adapters/ssh/failure.ts';

const host = { label: 'web1', host: '10.0.0.5', port: 2222 };

test.each([
  ['HOST_REFUSED', 'ssh: connect to host 10.0.0.5 port 2222: Connection refused\r\n'],
  ['HOST_REFUSED', 'ssh: connect to host 10.0.0.5 port 2222: No route to host\r\n'],
  ['HOST_REFUSED', 'kex_exchange_identification: read: Connection reset by peer\r\n'],
  ['HOST_REFUSED', ''],
  ['HOST_TIMEOUT', 'ssh: connect to host 10.0.0.5 port 2222: Connection timed out\r\n'],
  [
    'HOST_TIMEOUT',
    'Connection timed out during banner exchange\r\nConnection to 10.0.0.5 port 2222 timed out\r\n',
  ],
  ['HOST_UNRESOLVED', 'ssh: Could not resolve hostname web1: Name or service not known\r\n'],
  [
    'HOST_KEY_UNKNOWN',
    'No ED25519 host key is known for 10.0.0.5 and you have requested strict checking.\r\nHost key verification failed.\r\n',
  ],
  [
    'HOST_KEY_CHANGED',
    '@@@@@@@\r\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n@@@@@@@\r\nIT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\r\nHost key verification failed.\r\n',
  ],
  ['HOST_AUTH', 'root@10.0.0.5: Permission denied (publickey,password).\r\n'],
  ['HOST_AUTH', 'Received disconnect from 10.0.0.5 port 22:2: Too many authentication failures\r\n'],
  ['SSH_FAILED', 'Bad owner or permissions on /root/.ssh/config\r\n'],
  ['SSH_FAILED', 'spawn ssh ENOENT'],
])('%s is told from what ssh says, with the host and what to type', (code, stderr) => {
  const [failure] = connectFailure(host, stderr).failures;
  expect(failure).toMatchObject({ code, subject: 'web1' });
  expect(failure?.message).toContain('web1');
  expect(failure?.next).not.toBe('');
});

test('a host that the network has no way to is not said to refuse', () => {
  const [failure] = connectFailure(
    host,
    'ssh: connect to host 10.0.0.5 port 2222: No route to host',
  ).failures;
  expect(failure?.message).toBe('web1 cannot be reached: the network has no way to it');
});

test('a changed key names the entry of known_hosts as ssh-keygen takes it', () => {
  const [failure] = connectFailure(host, 'REMOTE HOST IDENTIFICATION HAS CHANGED').failures;
  expect(failure?.next).toContain("ssh-keygen -R '[10.0.0.5]:2222'");
});

test('only a full sshd is worth another try', () => {
  expect(isCrowded('kex_exchange_identification: Connection closed by remote host')).toBe(true);
  expect(isCrowded('')).toBe(true);
  const gone =
    'mux_client_request_session: read from master failed: Broken pipe\nFailed to connect to new control master';
  expect(isCrowded(gone)).toBe(true);
  expect(isCrowded('Permission denied (publickey).')).toBe(false);
});
