import { useMemo } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { SourceSetUpDocument } from "../../api/sources.gen.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { Failure } from "../../ui/states.tsx";
import { LoadingLines } from "../shell/loading-lines.tsx";

/** The manual of a source for whoever sets the phone system up, with this server's address in it. */
export function SetUpText({ sourceId }: { readonly sourceId: string }) {
  const variables = useMemo(() => ({ address: location.origin }), []);
  const [{ data, error }, fetchAgain] = useQuery({ query: SourceSetUpDocument, variables });
  const text = data?.sources.find(({ id }) => id === sourceId)?.setUp;
  if (text !== undefined) {
    return (
      <div className="max-w-3xl px-4 pt-6 pb-10">
        <Markdown text={text} />
      </div>
    );
  }
  if (error !== undefined) {
    const retry = () => fetchAgain({ requestPolicy: "network-only" });
    return <Failure title="The instructions could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
  }
  return <LoadingLines what="the instructions" />;
}
