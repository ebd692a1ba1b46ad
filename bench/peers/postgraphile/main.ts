import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { announce, settings } from "../shared/settings.ts";
import { type User, userOf } from "../shared/token.ts";

// PostGraphile with its Amber preset over PostgreSQL, the token verified for every request.

declare global {
  namespace Grafast {
    interface Context {
      user: User;
    }
  }
}

const server = createServer();
const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: settings.database, poolConfig: { max: 10 } })],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: ({ node }) => ({ user: userOf(node?.req.headers.authorization) }),
  },
});
const serving = pgl.createServ(grafserv);
await serving.addTo(server);
server.listen(0, "127.0.0.1", () => announce((server.address() as { port: number }).port));
