import type { ZodType } from "zod";
import type { SourceKind } from "../domain/source.ts";
import { genericCallShape, readGenericCall } from "./generic.ts";
import { kamailioCdrShape, readKamailioCdr } from "./kamailio.ts";
import type { Mapper } from "./reading.ts";

/** What each kind of source sends, as it is described to whoever builds one. Mappers take what comes near it, too. */
export const deliveryShapes = {
  generic: genericCallShape,
  kamailio: kamailioCdrShape,
} as const satisfies Readonly<Record<SourceKind, ZodType>>;

/** How each kind of source is read. */
export const mappers: Readonly<Record<SourceKind, Mapper>> = {
  generic: ({ value, ...around }) => readGenericCall(value, { ...around, strict: false }),
  kamailio: readKamailioCdr,
};
