/** Seeds whose runs once failed, with what they found. They are run each time. */
export const regressions: readonly { readonly seed: number; readonly found: string }[] = [];
