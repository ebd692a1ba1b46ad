import { DomainError } from "./errors.ts";
import { usernameKey } from "./workspace.ts";

/** Longest username and longest password, in bytes of UTF-8. */
export const credentialBytesMax = 1_024;

/**
 * Refuses a username or password that no account can have, whoever asks: longer than 1,024 bytes, with U+0000, or with a lone
 * surrogate. Empty ones pass, for they are merely wrong.
 * @throws DomainError BAD_USER_INPUT naming the field.
 */
export function checkCredentials(username: string, password: string): void {
  checkText("username", username);
  checkText("password", password);
}

/**
 * The name of a new user, as given. Besides what {@link checkCredentials} refuses it must not be blank, and fits into 1,024
 * bytes as JSON too, because every access token carries it.
 * @throws DomainError BAD_USER_INPUT
 */
export function checkNewUsername(username: string): string {
  checkText("username", username);
  if (username.trim() === "") throw refusal("username", "must not be empty");
  if (
    byteLength(JSON.stringify(username)) > credentialBytesMax ||
    byteLength(usernameKey(username)) > credentialBytesMax
  ) {
    throw refusal("username", `must have at most ${credentialBytesMax} bytes`);
  }
  return username;
}

/** Shortest password of a new account, in characters. */
export const passwordCharactersMin = 8;

/**
 * The name and password of a new account, as {@link checkNewUsername} has it for the name.
 * @throws DomainError BAD_USER_INPUT naming the field.
 */
export function checkNewAccount(username: string, password: string): void {
  checkCredentials(username, password);
  if (password.length < passwordCharactersMin) {
    throw refusal("password", `must have at least ${passwordCharactersMin} characters`);
  }
  checkNewUsername(username);
}

function checkText(field: string, value: string): void {
  if (value.length > credentialBytesMax || byteLength(value) > credentialBytesMax) {
    throw refusal(field, `must have at most ${credentialBytesMax} bytes`);
  }
  if (value.includes("\u0000")) throw refusal(field, "must not contain the character U+0000");
  if (!value.isWellFormed()) throw refusal(field, "must be well-formed Unicode (it has a lone surrogate)");
}

function refusal(field: string, problem: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `${field} ${problem}`, { field });
}

/** In UTF-8, where a lone surrogate counts like the replacement character. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
