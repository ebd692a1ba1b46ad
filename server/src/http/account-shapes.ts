import { z } from "zod";
import { signedInShape } from "./rest/shapes.ts";

/** A JSON body of these texts; what else is in it is left alone. */
function texts<const Name extends string>(...names: readonly Name[]) {
  const shape = Object.fromEntries(names.map((name) => [name, z.string({ error: `${name} must be a string.` })]));
  return z.object(shape as Record<Name, z.ZodString>, { error: "The body must be a JSON object." });
}

/** What a page of this server signs in with. */
export const pageCredentialsShape = texts("username", "password").meta({ id: "PageCredentials" });

/** What makes an account: the one-time token of a link, and the name and password that somebody chose. */
export const newAccountShape = texts("token", "username", "password").meta({ id: "NewAccount" });

/** A page of this server has the refresh token in a cookie; anybody else in the answer. */
export const pageSignedInShape = signedInShape.partial({ refresh_token: true }).meta({
  id: "PageSignedIn",
  description: "Fresh tokens; for a page of this server the refresh token is in a cookie.",
});
