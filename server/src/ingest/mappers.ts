import type { SourceKind } from "../domain/source.ts";
import { readGenericCall } from "./generic.ts";
import { readKamailioCdr } from "./kamailio.ts";
import type { Mapper } from "./reading.ts";

/** How each kind of source is read. */
export const mappers: Readonly<Record<SourceKind, Mapper>> = {
  generic: ({ value, ...around }) => readGenericCall(value, { ...around, strict: false }),
  kamailio: readKamailioCdr,
};
