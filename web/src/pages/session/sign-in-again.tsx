import { session } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Over the page as it is, when the session has ended: nothing that was typed is lost. */
export function SignInAgain({ username }: { username: string }) {
  return (
    <Dialog
      title="Your session has ended"
      description="Sign in again to go on where you are. What you have typed is still there."
    >
      <SignInForm username={username} />
      <Button look="quiet" className="mt-2 w-full justify-center" onClick={() => void session.signOut()}>
        Sign in as somebody else
      </Button>
    </Dialog>
  );
}
