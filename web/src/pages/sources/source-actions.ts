import { client } from "../../api/client.ts";
import { mutate } from "../../api/mutate.ts";
import {
  DisableSourceDocument,
  EnableSourceDocument,
  SendTestCallDocument,
  type SourcePartsFragment,
  SourcesDocument,
} from "../../api/sources.gen.ts";
import { showToast } from "../../ui/toasts.tsx";
import { sayFailure } from "../shell/say-failure.ts";

/** Makes a call on the way of all that the source sends; the id of the call, or null where that failed, which is said. */
export async function sendTestCall(
  { id, name }: Pick<SourcePartsFragment, "id" | "name">,
  open: (callId: string) => void,
): Promise<string | null> {
  try {
    const { sendTestCall: delivery } = await mutate(SendTestCallDocument, { sourceId: id });
    // The page may follow changes only from a moment after it was opened.
    await client.query(SourcesDocument, {}, { requestPolicy: "network-only" }).toPromise();
    const callId = delivery.call?.id ?? null;
    if (callId === null) showToast({ text: `The test call became nothing: ${delivery.reason ?? ""}`, isProblem: true });
    else
      showToast({
        text: `A test call of ${name} arrived`,
        action: { label: "Open", run: () => open(callId) },
      });
    return callId;
  } catch (error) {
    sayFailure("No test call could be sent", error, () => void sendTestCall({ id, name }, open));
    return null;
  }
}

/** Disables a source, or enables it again; with Undo. */
export async function setDisabled(
  source: Pick<SourcePartsFragment, "id" | "name">,
  isDisabled: boolean,
): Promise<void> {
  const { id, name } = source;
  try {
    if (isDisabled) await mutate(DisableSourceDocument, { id });
    else await mutate(EnableSourceDocument, { id });
    showToast({
      text: isDisabled ? `${name} is disabled: what it sends is refused` : `${name} is enabled`,
      action: { label: "Undo", run: () => void setDisabled(source, !isDisabled) },
    });
  } catch (error) {
    const verb = isDisabled ? "disabled" : "enabled";
    sayFailure(`${name} could not be ${verb}`, error, () => void setDisabled(source, isDisabled));
  }
}
