/** What one GraphQL request may ask for. Above each, the whole request is refused before anything of it runs. */
export const limits = {
  /** Lexical tokens of the document; bounds the parser's recursion too. */
  tokens: 1_000,
  /** UTF-16 units of the document. */
  documentLength: 100_000,
  /** Nested fields, fragments followed; the schema itself needs 4. Below `__schema` and `__type` it is the rule on lists that counts. */
  depth: 8,
  /** Aliases, fragments followed; `__typename` counts where the same selection has it again. */
  aliases: 15,
  rootFields: 10,
  /** Directives in the document. */
  directives: 8,
  /** Fragment definitions in the document. */
  fragments: 20,
  /** Operations in the document. */
  operations: 10,
  /** `login` fields of one operation: each would be a guess at a password. */
  logins: 1,
  /** Objects that an answer may have, as far as it can be told beforehand; see document-weight.ts. */
  cost: 5_000,
  /** Errors that a refusal lists. */
  errors: 10,
  /** Nested lists and objects in the value of a variable. */
  variableDepth: 20,
  /** UTF-16 units of one text in the variables. */
  variableText: 65_536,
  /** Documents that are kept prepared. */
  preparedDocuments: 1_000,
  /** UTF-16 units of a document that is found by its text; longer ones by a digest of it. */
  rememberedLength: 4_000,
  executionMs: 5_000,
} as const;
