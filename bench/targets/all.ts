import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Postgres } from "../machine/postgres.ts";
import { lateJoinSuffix } from "../workloads/subjects.ts";
import type { Targets } from "../workloads/workload.ts";
import { postgraphileOn } from "./postgraphile.ts";
import { ringback } from "./ringback.ts";
import { sqliteAlternative } from "./sqlite-alternative.ts";

const alternatives = [
  ["mercurius", "Mercurius, Fastify", "mercurius.ts"],
  ["apollo", "Apollo Server, Express", "apollo.ts"],
  ["yoga", "GraphQL Yoga", "yoga.ts"],
  ["nest", "NestJS, Apollo", "nest/dist/nest/main.js"],
] as const;

/** Everything that is compared; PostGraphile where there is a PostgreSQL, and of the alternatives those that `wanted` names. */
export function allTargets(postgres: Postgres | null, wanted: (name: string) => boolean): Targets {
  const chosen = alternatives.filter(([name]) => wanted(name));
  const hasServer = existsSync(join(import.meta.dirname, "../../server/bin/ringback.js"));
  return {
    ringback: hasServer && wanted("ringback") ? ringback : null,
    alternatives: [
      ...chosen.map(([name, title, program]) => sqliteAlternative(name, title, program)),
      ...(postgres === null ? [] : [postgraphileOn(postgres)]),
    ],
    lateJoins: chosen.map(([name, title, program]) =>
      sqliteAlternative(`${name}${lateJoinSuffix}`, `${title}, late join`, program, { lateJoin: true }),
    ),
  };
}
