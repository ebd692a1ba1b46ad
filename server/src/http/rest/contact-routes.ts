import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ContactRowResult, Contacts } from "../../domain/contacts.ts";
import type { ContactFileFormat } from "../../domain/contact-files.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Sessions } from "../../domain/sessions.ts";
import type { Principal } from "../../domain/workspace.ts";
import { fileOutcomes, outcomes } from "./outcomes.ts";
import { givenBearer } from "./request-parts.ts";
import type { RestSpending } from "./spending.ts";

export type ContactRouteDeps = { readonly sessions: Sessions; readonly contacts: Contacts };

/** Largest file that is read. */
export const contactFileBytesMax = 5 << 20;

/** What a whole file costs, beside its request. */
const fileCost = 500;

const importedShape = z
  .object({
    added: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    rows: z.array(
      z.object({
        line: z.int().describe("Where the row begins, from 1."),
        verdict: z.enum(["added", "updated", "unchanged", "refused"]),
        contactId: z.string().nullable(),
        reason: z.string().nullable().describe("Why it was refused, or what of it was left out."),
      }),
    ),
  })
  .meta({ id: "ImportedContacts", description: "What became of a file of contacts." });

/**
 * `POST /contacts/import` and `GET /contacts/export?format=csv|vcard`: files of contacts in and out, for a signed-in person. Who it is is
 * settled before the body is read. The body of an import is the file, in UTF-8: text/csv with a header row or text/vcard of version 3.0
 * or 4.0; of any other type, its content decides. Answered 200 with one row a contact, in order, once all that are right are in, together; again
 * is harmless.
 */
export function addContactRoutes(
  scope: FastifyInstance,
  { sessions, contacts }: ContactRouteDeps,
  spending: RestSpending,
): void {
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
          tags: ["REST"],
          operationId: "importContacts",
          summary: "Takes in a file of contacts",
          description:
            "The body is the file, in UTF-8: CSV with a header row, or vCards of version 3.0 or 4.0; of another type, its content decides. At most 5 MiB and 50,000 contacts. Rows that are not right are refused in their own result; all others are in together. Again is harmless.",
          consumes: ["text/csv", "text/vcard"],
          body: z.any().describe("The file."),
          security: [{ accessToken: [] }],
          response: outcomes(
            200,
            importedShape,
            "What became of each row.",
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
          tags: ["REST"],
          operationId: "exportContacts",
          summary: "All contacts as a file, by name",
          description: "CSV in the columns of Google Contacts, or vCard 3.0.",
          security: [{ accessToken: [] }],
          querystring: z.object({
            format: z.enum(["csv", "vcard"]).default("csv").describe("The form of the file."),
          }),
          response: fileOutcomes(
            ["text/csv", "text/vcard"],
            "The file, as it is read.",
            "BAD_USER_INPUT",
            "UNAUTHENTICATED",
            "FORBIDDEN",
            "RATE_LIMITED",
          ),
        },
        onRequest: signIn,
      },
      async (request, reply) => {
        const { format } = request.query;
        const file = contacts.exportFile(principalOf(request), format);
        reply.header("content-disposition", `attachment; filename="contacts.${format === "csv" ? "csv" : "vcf"}"`);
        reply.type(format === "csv" ? "text/csv; charset=utf-8" : "text/vcard; charset=utf-8");
        return reply.send(Readable.from(file));
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
