import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { contactRowsMax, type ContactRowResult, type Contacts } from "../../domain/contacts.ts";
import type { ContactFileFormat } from "../../domain/contact-files.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Sessions } from "../../domain/sessions.ts";
import type { Principal } from "../../domain/workspace.ts";
import { outcomes } from "./openapi.ts";
import { givenBearer } from "./request-parts.ts";
import type { RestSpending } from "./spending.ts";

export type ContactRouteDeps = { readonly sessions: Sessions; readonly contacts: Contacts };

/** Largest file that is read. */
export const contactFileBytesMax = 5 << 20;

/** What a whole file costs, beside its request. */
const fileCost = 500;

const importShape = z
  .object({
    added: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    rows: z
      .array(
        z.object({
          line: z.int().describe("The line that it begins on, from 1."),
          verdict: z.enum(["added", "updated", "unchanged", "refused"]),
          contactId: z.string().nullable(),
          reason: z.string().nullable().describe("Why it was refused, or what of it was left out."),
        }),
      )
      .max(contactRowsMax)
      .describe("One for each contact of the file, in its order."),
  })
  .meta({ id: "ContactImport", description: "What became of a file of contacts." });

/** Files of contacts in and out, for a signed-in person. Who it is is settled before the body is read. */
export function addContactRoutes(
  scope: FastifyInstance,
  { sessions, contacts }: ContactRouteDeps,
  spending: RestSpending,
): void {
  const security = [{ accessToken: [] }];
  const signIn = async (request: FastifyRequest) => {
    const principal = await spending.proving(request, () => sessions.authenticate(givenBearer(request)));
    request.setDecorator("principal", principal);
    spending.ofSession(request, principal, fileCost);
  };

  scope.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: contactFileBytesMax }, (_request, body, done) => {
      done(null, body);
    });
    const routes = files.withTypeProvider<ZodTypeProvider>();

    routes.post(
      "/contacts/import",
      {
        bodyLimit: contactFileBytesMax,
        schema: {
          operationId: "importContacts",
          summary: "Takes in a file of contacts",
          description: `The body is the file, in UTF-8: CSV with a header row (text/csv) or vCards of version 3.0 or 4.0 (text/vcard); of another type, its content decides. ${contactFileBytesMax >> 20} MiB and ${contactRowsMax} contacts at most. All rows that are right are in once it is answered, together; each of the others is refused with its line and reason. Sending it again is harmless.`,
          security,
          response: outcomes(
            200,
            importShape,
            "What became of each contact.",
            "BAD_USER_INPUT",
            "UNAUTHENTICATED",
            "FORBIDDEN",
            "PAYLOAD_TOO_LARGE",
            "UNSUPPORTED_MEDIA_TYPE",
            "RATE_LIMITED",
          ),
        },
        onRequest: signIn,
      },
      async (request, reply) => {
        const format = formatOf(request);
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const rows = await contacts.importFile(principalOf(request), body, format);
        const count = (verdict: ContactRowResult["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
        return reply.send({
          added: count("added"),
          updated: count("updated"),
          unchanged: count("unchanged"),
          refused: count("refused"),
          rows: [...rows],
        });
      },
    );

    routes.get(
      "/contacts/export",
      {
        schema: {
          operationId: "exportContacts",
          summary: "All contacts as a file",
          description:
            "By name. CSV has the columns of Google Contacts; vCards are of version 3.0. Both can be taken in again.",
          security,
          querystring: z.object({ format: z.enum(["csv", "vcard"]).default("csv") }),
          response: outcomes(200, z.string(), "The file.", "BAD_USER_INPUT", "UNAUTHENTICATED", "RATE_LIMITED"),
        },
        onRequest: signIn,
      },
      async (request, reply) => {
        const { format } = request.query;
        const file = contacts.exportFile(principalOf(request), format);
        reply.header("content-disposition", `attachment; filename="contacts.${format === "csv" ? "csv" : "vcf"}"`);
        reply.type(format === "csv" ? "text/csv; charset=utf-8" : "text/vcard; charset=utf-8");
        return reply.send(Readable.from(file) as never);
      },
    );
  });
}

/** @throws DomainError UNSUPPORTED_MEDIA_TYPE */
function formatOf({ headers }: FastifyRequest): ContactFileFormat | null {
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must not be compressed.");
  }
  const [type = ""] = (headers["content-type"] ?? "").toLowerCase().split(";");
  if (type.trim() === "text/csv") return "csv";
  return /^text\/(x-)?vcard$/.test(type.trim()) ? "vcard" : null;
}

function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>("principal");
}
