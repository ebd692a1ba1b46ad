import { readFile, writeFile } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import type { Types } from "@graphql-codegen/plugin-helpers";
import * as typescript from "@graphql-codegen/typescript";
import * as resolvers from "@graphql-codegen/typescript-resolvers";
import { parse } from "graphql";

const schemaFile = new URL("../../schema.graphql", import.meta.url);
const outputFile = new URL("../src/graphql/schema.gen.ts", import.meta.url);

/** Writes server/src/graphql/schema.gen.ts from schema.graphql; with `--check` only says whether it is up to date. */
const generated = await generateTypes(await readFile(schemaFile, "utf8"));
if (process.argv.includes("--check")) {
  const committed = await readFile(outputFile, "utf8").catch(() => "");
  if (committed !== generated) {
    process.stderr.write("schema.gen.ts is not what schema.graphql says. Run `npm run generate`.\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(outputFile, generated);
}

async function generateTypes(sdl: string): Promise<string> {
  const config = {
    contextType: "./resolver-context.ts#ResolverContext",
    mappers: {
      Call: "../domain/call.ts#Call as CallModel",
      Note: "../domain/call.ts#Note as NoteModel",
      Contact: "../domain/contact.ts#Contact as ContactModel",
      ContactNumber: "../domain/contact.ts#ContactNumber as ContactNumberModel",
      CallConnection: "./resolver-context.ts#CallList",
      CallEdge: "../domain/call.ts#Call as CallModel",
      CallCounts: "./count-resolvers.ts#CountedCalls",
      CallCountGroup: "./count-resolvers.ts#CountedGroup",
      Change: "./resolver-context.ts#ChangeEvent",
      UserType: "../domain/sessions.ts#Person as PersonModel",
      Workspace: "../domain/workspace.ts#Workspace as WorkspaceModel",
      ApiKey: "../domain/api-key.ts#ApiKey as ApiKeyModel",
      Invitation: "../domain/invitation.ts#Invitation as InvitationModel",
      CallResult: "../domain/inbox-many.ts#GivenOutcome",
      UndoResult: "../domain/inbox-many.ts#UndoOutcome",
      SourceCard: "../domain/source-register.ts#SourceCard as SourceCardModel",
      Delivery: "./source-resolvers.ts#DeliveryModel",
      AuditEvent: "../domain/audit.ts#AuditEvent as AuditEventModel",
      SavedView: "../domain/view.ts#SavedView as SavedViewModel",
      Preferences: "../domain/settings.ts#Preferences as PreferencesModel",
      Presence: "../domain/presence.ts#Presence as PresenceModel",
      Webhook: "../domain/webhook.ts#WebhookCard as WebhookModel",
      WebhookDelivery: "../domain/webhook.ts#WebhookDelivery as WebhookDeliveryModel",
      WebhookAttempt: "../domain/webhook.ts#WebhookAttempt as WebhookAttemptModel",
      CallLeg: "../domain/leg.ts#CallLeg as CallLegModel",
      AuthResponseType: "../domain/sessions.ts#SignedIn",
    },
    enumsAsTypes: true,
    immutableTypes: true,
    useTypeImports: true,
    emitLegacyCommonJSImports: false,
    importExtension: "",
    strictScalars: true,
    scalars: { Cursor: "string" },
    optionalResolveType: true,
    skipTypename: true,
  };
  const body = await codegen({
    filename: "schema.gen.ts",
    // The generator is typed for the version of graphql that clients use; the trees are the same.
    schema: parse(sdl) as unknown as Types.GenerateOptions["schema"],
    documents: [],
    config,
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  });
  return `// Generated from schema.graphql by \`npm run generate\`. Not to be edited.\n${body}\n`;
}
