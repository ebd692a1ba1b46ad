import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { views } from "./src/lib/views.ts";

/** The server that `npm run dev` hands everything to that is not a page or a script. */
const server = process.env["RINGBACK_URL"] ?? "http://127.0.0.1:4000";
const serverPaths = ["/graphql", "/session", "/invitations", "/schema.graphql", "/healthz", "/readyz", "/export"];

export default defineConfig({
  plugins: [react(), tailwindcss(), preloaded(), serviceWorker(), compressed()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // By what is needed first, each with what it imports: the session, the first list, what draws it, what other screens share.
        codeSplitting: {
          groups: [
            { name: "session", test: /\/web\/src\/api\/session|preload-helper/, priority: 4 },
            { name: "calls", test: /\/web\/src\/calls\/early-list/, priority: 3 },
            { name: "library", test: /node_modules\/(react|react-dom|urql|@tanstack\/react-router)\//, priority: 2 },
            { name: "shell", test: /\/web\/src\/pages\/app/, priority: 1 },
          ],
        },
      },
    },
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

/** What the first list needs, beside what the page names itself. */
const neededFirst = ["src/pages/app.tsx", "src/calls/early-list.ts", "src/pages/inbox/inbox-page.tsx"];

/** Has the browser fetch the scripts of the first list at once, not one after the other has asked for it. */
function preloaded(): Plugin {
  return {
    name: "preloaded",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const files = new Set<string>();
        const add = (name: string) => {
          const chunk = bundle[name];
          if (chunk?.type !== "chunk" || chunk.isEntry || files.has(name)) return;
          files.add(name);
          for (const one of chunk.imports) add(one);
        };
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          if (neededFirst.some((path) => chunk.facadeModuleId?.endsWith(`/web/${path}`) === true)) add(chunk.fileName);
        }
        const unnamed = [...files].filter((file) => !html.includes(file));
        return unnamed.map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head",
        }));
      },
    },
  };
}

/** Writes `service-worker.js`, with what it keeps. */
function serviceWorker(): Plugin {
  const source = join(import.meta.dirname, "src/service-worker.ts");
  return {
    name: "service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const assets = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
        const files = [...assets.toSorted().map((name) => `/${name}`), "/icon.svg"];
        const paths = ["", ...Object.keys(views), "insights", "sources", "settings", "sign-in"];
        const text = stripTypeScriptTypes(readFileSync(source, "utf8"));
        const page = bundle["index.html"]?.type === "asset" ? bundle["index.html"].source : "";
        const version = hash("sha256", `${files.join()} ${String(page)} ${text}`).slice(0, 12);
        const given = Object.entries({ files, paths, version }).map(
          ([name, value]) => `const ${name} = ${JSON.stringify(value)};`,
        );
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: `${given.join("\n")}\n${text}` });
      },
    },
  };
}

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
