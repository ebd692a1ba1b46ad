import type { CallNames } from "../domain/call-names.ts";
import { contactCursor } from "../domain/contact.ts";
import { unauthenticated } from "../domain/errors.ts";
import { isoTime } from "./iso-time.ts";
import { type ResolverContext, signedIn } from "./resolver-context.ts";
import type { CallResolvers, MutationResolvers, QueryResolvers, Resolvers } from "./schema.gen.ts";
import { onceKey, termsOf } from "./terms.ts";

export const contactQueries = {
  async contacts(_root, { search, first, after }, context) {
    const { contacts, hasNextPage } = await context.contacts.page(signedIn(context), { search, first, after });
    const last = contacts.at(-1);
    return { nodes: contacts, hasNextPage, endCursor: last === undefined ? null : contactCursor(last) };
  },
  contact: (_root, { id }, context) => context.contacts.find(signedIn(context), id),
  contactsRevision: (_root, _args, context) => context.contacts.revision(signedIn(context)),
  defaultCountries: (_root, _args, context) => context.contacts.countries(signedIn(context)),
} as const satisfies QueryResolvers;

export const contactMutations = {
  addContact: (_root, { input }, context, info) =>
    context.contacts.add(signedIn(context), input, termsOf(context, info).idempotency),
  updateContact: (_root, { id, input }, context, info) =>
    context.contacts.update(signedIn(context), id, input, termsOf(context, info).idempotency),
  async deleteContact(_root, { id }, context, info) {
    await context.contacts.remove(signedIn(context), id, termsOf(context, info).idempotency);
    return true;
  },
  setDefaultCountry: (_root, { country, sourceId }, context, info) =>
    context.contacts.setCountry(signedIn(context), sourceId ?? null, country ?? null, onceKey(context, info)),
} as const satisfies MutationResolvers;

/** Of a call; at hand at once wherever the database answers at once, as subscriptions need it. */
export const callNames = {
  fromNumber: (call, _args, context) => namesOf(context).number(call, "caller"),
  toNumber: (call, _args, context) => namesOf(context).number(call, "called"),
  contact: (call, _args, context) => namesOf(context).contact(call),
} as const satisfies CallResolvers;

export const contactTypes = {
  Contact: {
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    updatedAt: ({ updatedAtMs }) => isoTime(updatedAtMs),
  },
  ContactNumber: {
    number: ({ e164 }, _args, context) => namesOf(context).known(e164),
  },
} as const satisfies Resolvers;

/** Names for one answer. @throws DomainError UNAUTHENTICATED where nobody is signed in */
export function namesOf({ names }: Pick<ResolverContext, "names">): CallNames {
  if (names === null) throw unauthenticated();
  return names;
}
