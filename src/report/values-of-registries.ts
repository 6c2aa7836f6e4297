/** What became of a login. The password is nowhere in it. */
export interface RegistryChange {
  readonly registry: string;
  readonly username: string;
  readonly result: 'logged in' | 'logged out';
}

/** One line of `gear registry ls`. */
export interface RegistryRow {
  readonly registry: string;
  readonly username: string;
  /** The registry gave a token, which is stored in place of the password. */
  readonly token: boolean;
}
