import type { IncomingMessage } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server that `npm run dev` hands everything to that is not a page or a script. */
const server = process.env["RINGBACK_URL"] ?? "http://127.0.0.1:4000";
const serverPaths = ["/graphql", "/session", "/invitations", "/schema.graphql", "/healthz", "/readyz", "/export"];

export default defineConfig({
  plugins: [react(), tailwindcss(), compressed()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries([
      ...serverPaths.map((path) => [path, { target: server }]),
      // The page of that name is ours; making the account is the server's.
      [
        "/setup",
        { target: server, bypass: ({ method, url }: IncomingMessage) => (method === "POST" ? undefined : url) },
      ],
      ["/websocket", { target: server, ws: true }],
    ]),
  },
});

/** Puts a `.br` and a `.gz` beside each script and style, so that the server compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(js|css|html|svg|json)$/.test(file.fileName)) continue;
          const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
          const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length };
          const copies = { br: brotliCompressSync(source, { params }), gz: gzipSync(source, { level: 9 }) };
          for (const [ending, copy] of Object.entries(copies)) {
            this.emitFile({ type: "asset", fileName: `${file.fileName}.${ending}`, source: copy });
          }
        }
      },
    },
  };
}
