export type FailureParams = Readonly<Record<string, string | number>>;

/** An error a reader may meet: an English message, and the key and values from which every language makes its own. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly key: string,
    readonly params: FailureParams = {},
  ) {
    super(message);
  }
}

/** How a folder makes its failures from its English texts, in which `{x}` stands for a value. */
export function failures<Key extends string>(texts: Readonly<Record<Key, string>>) {
  return (key: Key, params: FailureParams = {}): Failure =>
    new Failure(
      texts[key].replace(/\{([\w-]+)\}/g, (whole, name: string) => String(params[name] ?? whole)),
      key,
      params,
    );
}
