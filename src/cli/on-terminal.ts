/** Whether a person is at both ends: then a program that gear runs for them gets a terminal. */
export function isOnTerminal(json: boolean): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !json;
}
