import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { Kind, buildSchema, parse, validate } from "graphql";
import { createRouter } from "../router.ts";
import { type HttpServer, createHttpServer } from "../server.ts";
import { createLog } from "../../log.ts";
import { examples } from "./examples.ts";
import { createGraphiqlPage } from "./graphiql-page.ts";
import { registerGraphiqlRoutes } from "./graphiql-routes.ts";

const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

describe("GraphiQL", () => {
  let http: HttpServer;
  let url: string;

  before(async () => {
    const page = createGraphiqlPage();
    const log = createLog("silent");
    http = createHttpServer({
      log,
      makeRouter: () => createRouter({ log }, registerGraphiqlRoutes),
      newRequestId: () => "request-1",
      paths: {
        "/graphql": (request, response, requestId) => {
          if (!page(request, response, requestId)) response.writeHead(406).end();
        },
      },
    });
    url = `http://127.0.0.1:${await http.listen("127.0.0.1", 0)}`;
  });
  after(() => http.close());

  const open = (accept: string, method = "GET") => fetch(`${url}/graphql`, { method, headers: { accept } });

  it("is what a browser gets that opens the address of the API", async () => {
    const response = await open(browserAccept);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(response.headers.get("x-request-id"), "request-1");
    assert.match(response.headers.get("vary") ?? "", /Accept/);
    assert.match(await response.text(), /<title>GraphiQL/);
    assert.equal(await (await open(browserAccept, "HEAD")).text(), "");
  });

  it("is not what programs get", async () => {
    const json = ["application/json", "application/graphql-response+json", "*/*", "image/png", "text/html;q=0"];
    for (const accept of [...json, "application/json, text/html;q=0.9", "application/json, text/html"]) {
      assert.equal((await open(accept)).status, 406, accept);
    }
    assert.equal((await open(browserAccept, "POST")).status, 406);
  });

  it("comes from this server alone: no script in the page, no style or script from elsewhere", async () => {
    const response = await open(browserAccept);
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const directive of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
      assert.ok(policy.split("; ").includes(directive), directive);
    }
    assert.doesNotMatch(policy, /unsafe|https?:/);
    const page = await response.text();
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//);
    for (const [, attributes = "", content = ""] of page.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
      assert.ok(/\bsrc="\/graphiql\//.test(attributes) ? content === "" : attributes.includes("application/json"));
    }
    assert.doesNotMatch(page, /\sstyle=|\son\w+=/);
  });

  it("finds every script and style that its page names, with its type, gzipped where that is taken", async () => {
    const page = await (await open(browserAccept)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/graphiql\/[^"]+)"/g)].map(([, path = ""]) => path);
    assert.equal(files.length, 7);
    for (const path of files) {
      const plain = await fetch(url + path, { headers: { "accept-encoding": "identity" } });
      assert.equal(plain.status, 200, path);
      assert.equal(plain.headers.get("content-encoding"), null);
      const type = path.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
      assert.equal(plain.headers.get("content-type"), type);
      const zipped = await fetch(url + path, { headers: { "accept-encoding": "gzip, br" } });
      assert.equal(zipped.headers.get("content-encoding"), path.includes("@") ? "gzip" : null);
      assert.equal(await zipped.text(), await plain.text());
    }
  });

  describe("its examples", () => {
    const schema = buildSchema(readFileSync(new URL("../../../../schema.graphql", import.meta.url), "utf8"));
    // `call` takes a variable of type ID as well, for the sake of existing clients; the bare rule of the language does not.
    const relaxed = (query: string) => query.replace("query Call($id: ID!)", "query Call($id: Float!)");

    it("are in the page, as data", async () => {
      const page = await (await open(browserAccept)).text();
      const [, data = ""] = /<script type="application\/json" id="examples">([^<]*)<\/script>/.exec(page) ?? [];
      assert.deepEqual(JSON.parse(data), examples);
    });

    for (const { query, variables } of examples) {
      it(`${/(?:query|mutation|subscription) \w+/.exec(query)?.[0]} is valid, and its variables are JSON`, () => {
        assert.deepEqual(validate(schema, parse(relaxed(query))), []);
        if (variables !== undefined) assert.equal(typeof JSON.parse(variables), "object");
      });
    }

    it("show every operation of the schema, each in a tab of its own", () => {
      const shown = examples.flatMap(({ query }) =>
        parse(query).definitions.flatMap((definition) =>
          definition.kind === Kind.OPERATION_DEFINITION
            ? definition.selectionSet.selections.map((field) => (field.kind === Kind.FIELD ? field.name.value : ""))
            : [],
        ),
      );
      const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
      const offered = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
      assert.deepEqual(shown.toSorted(), offered.toSorted());
    });
  });
});
