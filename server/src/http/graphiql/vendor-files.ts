/**
 * The files of others that GraphiQL's page needs, as npm publishes them: `vendor/` holds each gzipped. After a change here
 * run `npm run vendor-graphiql`. Version 4 is the last one that comes built for browsers.
 */
export const vendorFiles = [
  { name: "react.js", spec: "react@18.3.1", path: "umd/react.production.min.js", type: "text/javascript" },
  { name: "react-dom.js", spec: "react-dom@18.3.1", path: "umd/react-dom.production.min.js", type: "text/javascript" },
  { name: "graphql-ws.js", spec: "graphql-ws@6.4.2", path: "umd/graphql-ws.min.js", type: "text/javascript" },
  { name: "graphiql.js", spec: "graphiql@4.1.2", path: "graphiql.min.js", type: "text/javascript" },
  { name: "graphiql.css", spec: "graphiql@4.1.2", path: "graphiql.min.css", type: "text/css" },
] as const satisfies readonly {
  readonly name: string;
  readonly spec: string;
  readonly path: string;
  readonly type: string;
}[];
