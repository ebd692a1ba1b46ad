/** The nodes that serve one database, and what each of them holds open. */
export interface NodeRegister {
  /**
   * Says that this node lives and how many it has of what; tells what the other nodes said of themselves within the last few
   * seconds. @throws DomainError UNAVAILABLE
   */
  exchange(nodeId: string, open: OpenByKey): Promise<readonly OpenByKey[]>;
  /** This node is gone, and so is what it held. */
  leave(nodeId: string): Promise<void>;
}

/** How many are open under each key. */
export type OpenByKey = Readonly<Record<string, number>>;
