/** What one line (in CSV, one record) of an import is: a value to be read as a call, or a reason why there is none. */
export type Entry =
  | {
      /** The line that it starts on, from 1. */
      readonly line: number;
      readonly value: unknown;
      /** The text as it came, where it is worth keeping. */
      readonly raw?: string;
    }
  | { readonly line: number; readonly problem: string };
