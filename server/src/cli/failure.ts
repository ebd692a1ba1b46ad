import { DomainError, errorTable } from "../domain/errors.ts";
import { plural } from "./text.ts";

/** A command that was not typed as it should be: EX_USAGE of sysexits.h. */
export const usageStatus = 64;

/** The exit status for a failure: by the error table, 70 for a fault of ours. */
export function exitStatusOf(error: unknown): number {
  return errorTable[error instanceof DomainError ? error.code : "INTERNAL_SERVER_ERROR"].exit;
}

/** What a person is told about a failure, without a stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof DomainError && error.code === "BAD_CONFIGURATION" && error.message.includes("\n")) {
    return `these settings are not acceptable:\n${error.message.replace(/^/gm, "  ")}`;
  }
  if (error instanceof DomainError && error.retryAfterMs !== undefined) {
    return `${error.message} Try again in ${waitText(error.retryAfterMs)}.`;
  }
  if (error instanceof DomainError) return error.message;
  const cause = error instanceof Error ? error.message : String(error);
  return `Something went wrong inside Ringback: ${cause}. With RINGBACK_LOG=debug the same command says where.`;
}

function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 120 ? plural(seconds, "second") : plural(Math.ceil(seconds / 60), "minute");
}

/**
 * What the operating system says about a file, as an expected failure with a sentence that names the file; everything else
 * comes back as it is.
 */
export function fileFailure(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return new DomainError("NOT_FOUND", `There is no ${file}.`, { cause: error });
    case "EISDIR":
      return new DomainError("NOT_FOUND", `${file} is a folder, not a file.`, { cause: error });
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return new DomainError("STORAGE_READ_ONLY", `${file} cannot be opened or written (${code}).`, { cause: error });
    case "ENOSPC":
    case "EDQUOT":
      return new DomainError("STORAGE_FULL", `The disk is full: ${file} could not be written.`, { cause: error });
    default:
      return error;
  }
}
