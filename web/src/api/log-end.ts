import { client } from "./client.ts";
import { LogEndDocument } from "./live.gen.ts";

/** Where the change log ends now: taken before a list is fetched, so that nothing falls between the list and what follows. */
export async function logEnd(): Promise<string | null> {
  const { data } = await client.query(LogEndDocument, {}, { requestPolicy: "network-only" }).toPromise();
  return data?.cursor ?? null;
}
