import { RequestFailure } from "../../api/post.ts";
import { showToast } from "../../ui/toasts.tsx";

/** Says why something did not happen, with another try where there is one. @throws whatever is no {@link RequestFailure} */
export function sayFailure(text: string, error: unknown, retry?: () => void): void {
  if (!(error instanceof RequestFailure)) throw error;
  const action = retry === undefined ? {} : { action: { label: "Retry", run: retry } };
  showToast({ text: `${text}: ${error.message}`, isProblem: true, ...action });
}
