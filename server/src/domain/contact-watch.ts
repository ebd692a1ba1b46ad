/** Tells whoever shows names that they may have altered, by whichever process. */
export interface ContactWatch {
  /**
   * @param listener called with the revision of the workspace's contacts before this is resolved, then each time it was found to have
   *   grown.
   * @returns the way to stop; nothing is told once it has returned.
   */
  follow(workspaceId: number, listener: (revision: number) => void): Promise<() => void>;
}
