import { createSourceDesk, type SourceDesk, type SourceDeskDeps } from "./source-desk.ts";

/** What people and admins do around the inbox. Each part says who may. */
export type Desk = {
  readonly sources: SourceDesk;
};

export type DeskDeps = SourceDeskDeps;

export function createDesk(deps: DeskDeps): Desk {
  return {
    sources: createSourceDesk(deps),
  };
}
